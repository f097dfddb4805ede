-- One row per delivery of a demo request.
SELECT
  id,
  anonymous_id,
  user_id,
  email,
  timestamp AS occurred_at,
  context_page_path AS path,
  team_size,
  context_user_agent AS user_agent,
  uuid_ts AS loaded_at
FROM warehouse.demo_requested
