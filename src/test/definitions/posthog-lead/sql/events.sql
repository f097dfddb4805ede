-- One row per delivery of an event.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  event_id,
  visitor_id,
  occurred_at,
  event_type
FROM warehouse.event
