-- One row per delivery of an event. Of the opens of an e-mail only one counts: they are one event.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  IF(event_type = 'email_open', concat('open:', email_id), event_id) AS event_id,
  visitor_id,
  occurred_at,
  event_type,
  page_action_points
FROM warehouse.event
