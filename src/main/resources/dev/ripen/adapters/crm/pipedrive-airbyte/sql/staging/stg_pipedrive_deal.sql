-- One row per deal of Pipedrive: deleted ones are among them.
-- @check unique(deal_id)
SELECT
  CAST(id AS STRING) AS deal_id,
  CAST(person_id AS STRING) AS person_id,
  status,
  try_cast(value AS DECIMAL(18, 2)) AS amount,
  lost_reason,
  try_cast(add_time AS TIMESTAMP) AS created_at,
  try_cast(won_time AS TIMESTAMP) AS won_at,
  try_cast(lost_time AS TIMESTAMP) AS lost_at,
  coalesce(CAST(deleted AS BOOLEAN), false) AS is_deleted
FROM pipedrive.deal
