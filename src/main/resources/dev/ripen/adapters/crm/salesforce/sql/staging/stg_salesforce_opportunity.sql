-- One row per opportunity of Salesforce: deleted ones are among them.
-- @check unique(opportunity_id)
SELECT
  id AS opportunity_id,
  try_cast(amount AS DECIMAL(18, 2)) AS amount,
  stage_name,
  CAST(created_date AS TIMESTAMP) AS created_at,
  CAST(close_date AS TIMESTAMP) AS closes_at,
  coalesce(CAST(is_closed AS BOOLEAN), false) AS is_closed,
  coalesce(CAST(is_won AS BOOLEAN), false) AS is_won,
  coalesce(CAST(is_deleted AS BOOLEAN), false) AS is_deleted
FROM salesforce.opportunity
