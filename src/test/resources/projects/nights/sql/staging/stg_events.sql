-- One row per delivery of an event.
SELECT
  event_id,
  visitor_id,
  try_cast(occurred_at AS TIMESTAMP) AS occurred_at,
  event_type,
  try_cast(loaded_at AS TIMESTAMP) AS loaded_at
FROM files.events
