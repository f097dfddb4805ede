-- One row per stage of the pipelines of deals.
SELECT
  CAST(stage_id AS STRING) AS stage_id,
  label,
  coalesce(CAST(closed_won AS BOOLEAN), false) AS is_won,
  coalesce(CAST(is_closed AS BOOLEAN), false) AS is_closed,
  try_cast(probability AS DOUBLE) AS probability
FROM hubspot.deal_pipeline_stage
