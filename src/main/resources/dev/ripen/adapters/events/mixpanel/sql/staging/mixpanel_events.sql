-- One row per event of Mixpanel; one that was sent twice has the same event_id.
-- @check not_null(event_id, visitor_id, occurred_at)
WITH named AS (
  SELECT
    *,
    lower(replace(event_name, '_', ' ')) AS action,
    -- An anonymous distinct_id has a prefix, or is the device's own id.
    distinct_id LIKE '$device:%' OR coalesce(distinct_id = device_id, false) AS is_anonymous
  FROM stg_mixpanel_event
)
SELECT
  concat(
    'mixpanel:',
    md5(concat_ws('|', coalesce(insert_id, ''), unix_micros(occurred_at), distinct_id, event_name))
  ) AS event_id,
  CASE
    WHEN is_anonymous THEN concat('device:', regexp_replace(distinct_id, r'^\$device:', ''))
    ELSE concat('user:', distinct_id)
  END AS visitor_id,
  occurred_at,
  CASE
    WHEN action IN ('$mp web page view', 'mp page view', 'page viewed', 'page view', 'viewed page') THEN 'page'
    WHEN action IN ('signed up', 'sign up', '$signup') THEN 'signed_up'
    WHEN action IN ('form submitted', 'submitted form', '$mp submit') THEN 'form_submitted'
    WHEN action IN ('demo requested', 'requested demo') THEN 'demo_requested'
    WHEN action IN ('webinar attended', 'attended webinar') THEN 'webinar_attended'
    WHEN action IN ('file downloaded', 'content downloaded') THEN 'content_downloaded'
    WHEN action IN ('meeting booked', 'booked meeting') THEN 'meeting_booked'
    WHEN action = 'feature used' THEN 'feature_used'
    ELSE 'track'
  END AS event_type,
  CASE
    WHEN action IN ('$mp web page view', 'mp page view') THEN properties['current_page_title']
    ELSE event_name
  END AS name,
  nullif(regexp_extract(current_url, '^[^:]+://[^/?#]+([^?#]*)', 1), '') AS path,
  current_url AS url,
  properties['utm_campaign'] AS campaign,
  CAST(NULL AS STRING) AS company_domain,
  CAST(NULL AS DECIMAL(18, 2)) AS amount,
  loaded_at
FROM named
WHERE
  distinct_id IS NOT NULL
  -- These join ids; nobody did anything.
  AND event_name NOT IN ('$identify', '$create_alias', '$merge')
  -- Mixpanel's browser library sends nothing for known bots; this is for those that other libraries send.
  AND NOT coalesce(browser RLIKE '(?i)bot|crawl|spider|headless', false)
