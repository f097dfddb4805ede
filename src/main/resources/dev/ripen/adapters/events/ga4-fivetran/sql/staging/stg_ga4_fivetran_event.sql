-- One row per event: Fivetran puts the day's row in the place of the intraday one.
SELECT
  name AS event_name,
  timestamp AS occurred_at,
  nullif(trim(user_id), '') AS user_id,
  nullif(user_pseudo_id, '') AS user_pseudo_id,
  bundle_sequence_id,
  batch_event_index,
  param_page_location AS page_location,
  param_page_title AS page_title,
  param_campaign AS campaign,
  value_in_usd,
  _fivetran_synced AS loaded_at
FROM ga4_fivetran.event
