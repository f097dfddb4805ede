-- One row per delivery of a page view.
SELECT
  id AS page_id,
  anonymous_id,
  user_id,
  timestamp AS occurred_at,
  path,
  referrer,
  context_user_agent AS user_agent,
  uuid_ts AS loaded_at
FROM warehouse.pages
