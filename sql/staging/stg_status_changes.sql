-- One row per status that sales set in the built-in CRM.
-- @check not_null(contact_id, status, occurred_at)
SELECT
  contact_id,
  status,
  reason,
  try_cast(occurred_at AS TIMESTAMP) AS occurred_at
FROM crm.status_changes
