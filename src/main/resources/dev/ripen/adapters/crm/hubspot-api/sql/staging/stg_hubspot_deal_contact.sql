-- One row per deal and contact.
SELECT id AS deal_id, contact_id
FROM hubspot.deals
LATERAL VIEW explode(contact_ids) AS contact_id
