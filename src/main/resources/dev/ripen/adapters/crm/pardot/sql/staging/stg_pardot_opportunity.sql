-- One row per opportunity that Pardot knows of.
-- @check unique(opportunity_id)
SELECT
  CAST(id AS STRING) AS opportunity_id,
  status,
  stage,
  try_cast(value AS DECIMAL(18, 2)) AS amount,
  CAST(created_at AS TIMESTAMP) AS created_at,
  CAST(closed_at AS TIMESTAMP) AS closed_at
FROM pardot.opportunity
