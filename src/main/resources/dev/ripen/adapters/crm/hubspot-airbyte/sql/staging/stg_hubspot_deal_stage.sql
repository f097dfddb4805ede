-- One row per stage that a deal has entered.
SELECT
  CAST(CAST(dealId AS DECIMAL(38, 0)) AS STRING) AS deal_id,
  value AS stage_id,
  coalesce(
    timestamp_millis(try_cast(CAST(timestamp AS STRING) AS BIGINT)), try_cast(CAST(timestamp AS STRING) AS TIMESTAMP)
  ) AS entered_at
FROM hubspot.deal_property_history
WHERE property = 'dealstage'
