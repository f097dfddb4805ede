-- One row per delivery of a page call.
SELECT
  id,
  nullif(anonymous_id, '') AS anonymous_id,
  nullif(trim(user_id), '') AS user_id,
  timestamp AS occurred_at,
  path,
  url,
  title,
  context_campaign_name AS campaign,
  context_user_agent AS user_agent,
  uuid_ts AS loaded_at
FROM segment.pages
