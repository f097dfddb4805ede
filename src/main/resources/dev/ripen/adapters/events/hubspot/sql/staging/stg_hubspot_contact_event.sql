-- One row per change of a property of a contact.
SELECT
  contact_id,
  name AS property,
  value,
  timestamp AS occurred_at,
  _fivetran_synced AS loaded_at
FROM hubspot.contact_property_history
