-- One row per delivery of a track call.
SELECT
  id,
  nullif(anonymous_id, '') AS anonymous_id,
  nullif(trim(user_id), '') AS user_id,
  -- UTC, corrected by the offset of the device's clock.
  timestamp AS occurred_at,
  event,
  event_text,
  context_page_path AS path,
  context_page_url AS url,
  context_campaign_name AS campaign,
  context_user_agent AS user_agent,
  uuid_ts AS loaded_at
FROM rudderstack.tracks
