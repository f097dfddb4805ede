-- One row per event of the export.
SELECT
  name AS event_name,
  time AS occurred_at,
  nullif(trim(distinct_id), '') AS distinct_id,
  -- What the event was sent with, if Mixpanel has merged it into somebody since.
  nullif(trim(distinct_id_before_identity), '') AS sent_distinct_id,
  nullif(device_id, '') AS device_id,
  insert_id,
  from_json(properties, 'MAP<STRING, STRING>') AS properties,
  current_url,
  browser,
  _fivetran_synced AS loaded_at
FROM mixpanel.event
