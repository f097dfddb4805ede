-- One row per change of a tracked field of a lead.
SELECT
  lead_id,
  field,
  old_value,
  new_value,
  CAST(created_date AS TIMESTAMP) AS occurred_at
FROM salesforce.lead_history
WHERE NOT coalesce(CAST(is_deleted AS BOOLEAN), false)
