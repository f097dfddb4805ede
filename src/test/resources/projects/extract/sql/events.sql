-- One row per delivery of an event: an event may come twice, an event_id is of one event.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  concat('page:', page_id) AS event_id,
  coalesce(user_id, anonymous_id) AS visitor_id,
  occurred_at,
  'page' AS event_type,
  coalesce(path LIKE '/pricing%', false) AS is_pricing_page
FROM stg_pages
UNION ALL
SELECT concat('signed_up:', id), visitor_id, occurred_at, 'signed_up', false
FROM stg_signed_up
UNION ALL
SELECT concat('unsubscribed:', id), visitor_id, occurred_at, 'unsubscribed', false
FROM stg_unsubscribed
