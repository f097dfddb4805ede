-- One row per stage that a deal has entered.
SELECT
  CAST(deal_id AS STRING) AS deal_id,
  value AS stage_id,
  CAST(date_entered AS TIMESTAMP) AS entered_at
FROM hubspot.deal_stage
