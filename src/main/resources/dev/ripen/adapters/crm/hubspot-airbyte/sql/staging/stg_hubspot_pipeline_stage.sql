-- One row per stage of the pipelines of deals.
WITH stages AS (
  SELECT stage
  FROM hubspot.deal_pipeline
  LATERAL VIEW explode(from_json(
    stages, 'ARRAY<STRUCT<stageId: STRING, label: STRING, metadata: STRUCT<isClosed: STRING, probability: STRING>>>'
  )) AS stage
)
SELECT
  stage.stageId AS stage_id,
  stage.label AS label,
  coalesce(try_cast(stage.metadata.probability AS DOUBLE) = 1, false) AS is_won,
  coalesce(try_cast(stage.metadata.isClosed AS BOOLEAN), false) AS is_closed,
  try_cast(stage.metadata.probability AS DOUBLE) AS probability
FROM stages
