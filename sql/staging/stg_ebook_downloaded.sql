-- One row per delivery of an e-book download.
SELECT
  id,
  anonymous_id,
  user_id,
  email,
  timestamp AS occurred_at,
  context_page_path AS path,
  title,
  context_user_agent AS user_agent,
  uuid_ts AS loaded_at
FROM warehouse.ebook_downloaded
