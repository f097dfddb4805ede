-- One row per deal and contact.
SELECT CAST(id AS STRING) AS deal_id, contact_id
FROM hubspot.deal
LATERAL VIEW explode(from_json(contacts, 'ARRAY<STRING>')) AS contact_id
