-- One row per change of a tracked field of a contact.
SELECT
  contact_id,
  field,
  old_value,
  new_value,
  CAST(created_date AS TIMESTAMP) AS occurred_at
FROM salesforce.contact_history
WHERE NOT coalesce(CAST(is_deleted AS BOOLEAN), false)
