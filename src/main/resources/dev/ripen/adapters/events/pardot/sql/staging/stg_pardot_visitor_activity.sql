-- One row per activity of a visitor or prospect.
SELECT
  id AS activity_id,
  prospect_id,
  visitor_id,
  campaign_id,
  type AS type_code,
  -- What it was done to: Email, Form, Landing Page, File, Webinar …
  type_name AS asset_type,
  details,
  created_at AS occurred_at,
  _fivetran_synced AS loaded_at
FROM pardot.visitor_activity
