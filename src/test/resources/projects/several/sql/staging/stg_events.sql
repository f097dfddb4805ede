-- One row per delivery of an event.
SELECT event_id, visitor_id, try_cast(occurred_at AS TIMESTAMP) AS occurred_at, event_type,
  try_cast(amount AS DECIMAL(10,2)) AS amount
FROM files.events
