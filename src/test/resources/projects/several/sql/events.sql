-- One row per delivery of an event.
SELECT event_id, visitor_id, occurred_at, event_type, amount
FROM stg_events
