-- One row per visit of a page that Marketo's script is on.
SELECT
  id AS activity_id,
  lead_id,
  activity_date AS occurred_at,
  primary_attribute_value AS page_name,
  -- The path alone, or the whole address for landing pages.
  webpage_url,
  campaign_id,
  user_agent,
  _fivetran_synced AS loaded_at
FROM marketo.activity_visit_webpage
