-- One row per delivery of an event.
SELECT event_id, visitor_id, occurred_at, event_type, loaded_at FROM stg_events
