-- One row per delivery of a page view.
SELECT id AS page_id, anonymous_id, user_id, timestamp AS occurred_at, path
FROM warehouse.pages
