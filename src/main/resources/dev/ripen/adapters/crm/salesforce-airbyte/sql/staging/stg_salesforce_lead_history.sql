-- One row per change of a tracked field of a lead.
SELECT
  LeadId AS lead_id,
  Field AS field,
  OldValue AS old_value,
  NewValue AS new_value,
  CAST(CreatedDate AS TIMESTAMP) AS occurred_at
FROM salesforce.lead_history
WHERE NOT coalesce(CAST(IsDeleted AS BOOLEAN), false)
