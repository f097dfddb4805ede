-- One row per change of a contact's property.
-- @check not_null(contact_id, occurred_at)
SELECT
  contact_id,
  name AS property,
  value,
  timestamp AS occurred_at
FROM warehouse.contact_property_history
