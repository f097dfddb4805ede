-- One row per delivery of an event: an event may come twice, an event_id is of one event.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  id AS event_id,
  lower(trim(email)) AS visitor_id,
  timestamp AS occurred_at,
  event AS event_type
FROM warehouse.event
WHERE id IS NOT NULL AND email IS NOT NULL AND timestamp IS NOT NULL
