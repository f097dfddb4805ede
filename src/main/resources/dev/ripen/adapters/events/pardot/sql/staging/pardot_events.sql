-- One row per activity of a visitor or prospect in Pardot.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  concat('pardot:', activity_id) AS event_id,
  coalesce(concat('pardot:', prospect_id), concat('device:pardot-', visitor_id)) AS visitor_id,
  occurred_at,
  CASE
    WHEN type_code = 1 AND asset_type LIKE 'Email%' THEN 'email_clicked'
    WHEN type_code = 1 AND asset_type = 'Paid Search Ad' THEN 'ad_clicked'
    WHEN type_code IN (1, 2) AND asset_type = 'File' THEN 'content_downloaded'
    WHEN type_code = 2 AND asset_type IN ('Page View', 'Landing Page') THEN 'page'
    WHEN type_code = 4 AND asset_type IN ('Form', 'Form Handler', 'Landing Page') AND details RLIKE r'(?i)\bdemo\b'
      THEN 'demo_requested'
    WHEN type_code = 4 AND asset_type IN ('Form', 'Form Handler', 'Landing Page') THEN 'form_submitted'
    WHEN type_code = 11 THEN 'email_opened'
    -- 12: on the unsubscribe page; 35: opened by unsubscribing; 14: called it spam, which unsubscribes.
    WHEN type_code IN (12, 14, 35) THEN 'unsubscribed'
    -- 36: a bounce that was not told at once.
    WHEN type_code IN (13, 36) THEN 'email_bounced'
    WHEN type_code = 24 THEN 'webinar_attended'
    ELSE 'track'
  END AS event_type,
  CASE type_code
    WHEN 1 THEN coalesce(details, concat('Click: ', asset_type))
    WHEN 2 THEN coalesce(details, concat('View: ', asset_type))
    WHEN 3 THEN concat('Error: ', asset_type)
    WHEN 4 THEN coalesce(details, concat('Success: ', asset_type))
    WHEN 5 THEN 'Session'
    WHEN 7 THEN 'Search'
    WHEN 15 THEN 'Email preference page'
    WHEN 16 THEN 'Resubscribed'
    WHEN 17 THEN 'Click (third party)'
    WHEN 20 THEN 'Visit'
    WHEN 21 THEN 'Custom URL click'
    WHEN 22 THEN 'Chat'
    WHEN 25 THEN 'Registered for webinar'
    WHEN 26 THEN 'Social post click'
    WHEN 27 THEN 'Video view'
    WHEN 28 THEN 'Event registered'
    WHEN 29 THEN 'Event checked in'
    WHEN 30 THEN 'Video conversion'
    WHEN 34 THEN 'Video watched'
    WHEN 37 THEN 'Resubscribed'
    -- A code that is newer than this list.
    ELSE coalesce(details, concat('Type ', type_code))
  END AS name,
  CASE WHEN type_code = 2 AND asset_type = 'Page View' THEN regexp_extract(details, '^[^:]+://[^/?#]+([^?#]*)', 1) END AS path,
  CASE WHEN type_code = 2 AND asset_type = 'Page View' THEN details END AS url,
  CAST(campaign_id AS STRING) AS campaign,
  CAST(NULL AS STRING) AS company_domain,
  CAST(NULL AS DECIMAL(18, 2)) AS amount,
  loaded_at
FROM stg_pardot_visitor_activity
WHERE
  coalesce(prospect_id, visitor_id) IS NOT NULL
  -- Opportunities, and what Pardot did itself.
  AND coalesce(type_code, -1) NOT IN (6, 8, 9, 10, 18, 19, 23, 38)
