-- One row per deal, contact and kind of association.
SELECT
  CAST(deal_id AS STRING) AS deal_id,
  CAST(contact_id AS STRING) AS contact_id
FROM hubspot.deal_contact
