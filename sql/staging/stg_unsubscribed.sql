-- One row per delivery of an unsubscription.
SELECT
  id,
  anonymous_id,
  user_id,
  email,
  timestamp AS occurred_at,
  context_page_path AS path,
  list,
  context_user_agent AS user_agent,
  uuid_ts AS loaded_at
FROM warehouse.unsubscribed
