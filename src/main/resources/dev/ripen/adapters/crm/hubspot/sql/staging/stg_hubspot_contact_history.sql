-- One row per change of a contact's property.
SELECT
  CAST(contact_id AS STRING) AS contact_id,
  name AS property,
  value,
  CAST(timestamp AS TIMESTAMP) AS occurred_at
FROM hubspot.contact_property_history
