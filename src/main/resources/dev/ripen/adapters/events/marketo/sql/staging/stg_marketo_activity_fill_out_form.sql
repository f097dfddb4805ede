-- One row per form that somebody filled out.
SELECT
  id AS activity_id,
  lead_id,
  activity_date AS occurred_at,
  primary_attribute_value AS form_name,
  referrer_url AS url,
  campaign_id,
  user_agent,
  _fivetran_synced AS loaded_at
FROM marketo.activity_fill_out_form
