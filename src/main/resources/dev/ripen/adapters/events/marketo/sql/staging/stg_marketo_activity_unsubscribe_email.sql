-- One row per unsubscription.
SELECT
  id AS activity_id,
  lead_id,
  activity_date AS occurred_at,
  primary_attribute_value AS email_name,
  campaign_id,
  _fivetran_synced AS loaded_at
FROM marketo.activity_unsubscribe_email
