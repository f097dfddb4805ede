-- One row per delivery of an event. Whoever it is of, his address says.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  event_id,
  lower(trim(email)) AS visitor_id,
  occurred_at,
  event_type
FROM warehouse.event
WHERE email IS NOT NULL
