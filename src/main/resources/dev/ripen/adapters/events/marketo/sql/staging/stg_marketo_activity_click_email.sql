-- One row per click on a link of an e-mail.
SELECT
  id AS activity_id,
  lead_id,
  activity_date AS occurred_at,
  primary_attribute_value AS email_name,
  link AS url,
  campaign_id,
  is_bot_activity,
  _fivetran_synced AS loaded_at
FROM marketo.activity_click_email
