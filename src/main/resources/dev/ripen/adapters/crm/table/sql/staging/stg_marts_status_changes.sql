-- One row per status change.
SELECT
  CAST(person_id AS STRING) AS person_id,
  status,
  CAST(occurred_at AS TIMESTAMP) AS occurred_at,
  reason,
  try_cast(amount AS DECIMAL(18, 2)) AS amount
FROM marts.status_changes
