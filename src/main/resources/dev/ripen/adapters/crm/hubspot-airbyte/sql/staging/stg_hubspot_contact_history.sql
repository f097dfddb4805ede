-- One row per change of a contact's property.
SELECT
  CAST(vid AS STRING) AS contact_id,
  property,
  value,
  -- Milliseconds, or a time: as the version of the connector has it.
  coalesce(
    timestamp_millis(try_cast(CAST(timestamp AS STRING) AS BIGINT)), try_cast(CAST(timestamp AS STRING) AS TIMESTAMP)
  ) AS occurred_at
FROM hubspot.contact_property_history
