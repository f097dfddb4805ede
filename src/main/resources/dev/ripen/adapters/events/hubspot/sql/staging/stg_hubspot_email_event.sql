-- One row per event of an e-mail.
SELECT
  id AS email_event_id,
  created AS occurred_at,
  type,
  nullif(lower(trim(recipient)), '') AS recipient,
  email_campaign_id,
  filtered_event AS is_filtered,
  obsoleted_by_id,
  _fivetran_synced AS loaded_at
FROM hubspot.email_event
