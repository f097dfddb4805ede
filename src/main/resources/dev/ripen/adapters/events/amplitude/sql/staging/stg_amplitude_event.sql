-- One row per event that Amplitude has taken in.
SELECT
  id AS amplitude_event_id,
  nullif(device_id, '') AS device_id,
  amplitude_id,
  nullif(trim(user_id), '') AS user_id,
  nullif(_insert_id, '') AS insert_id,
  event_type AS event_name,
  -- UTC, corrected by the offset of the device's clock; client_event_time is what the device believed.
  event_time AS occurred_at,
  client_event_time,
  -- An event outside of a session.
  nullif(session_id, -1) AS session_id,
  device_family,
  from_json(event_properties, 'MAP<STRING, STRING>') AS properties,
  from_json(user_properties, 'MAP<STRING, STRING>') AS user_properties,
  _fivetran_synced AS loaded_at
FROM amplitude.event
