-- One row per event of Kissmetrics; one that was sent twice has the same event_id.
-- @check not_null(event_id, visitor_id, occurred_at)
WITH named AS (
  SELECT *, lower(replace(event_name, '_', ' ')) AS action
  FROM stg_kissmetrics_records
  WHERE event_name IS NOT NULL
)
SELECT
  -- The export has no ids: a person does the same thing on the same page once a second.
  concat('kissmetrics:', md5(concat_ws('|', identity, event_name, unix_seconds(occurred_at), coalesce(url, '')))) AS event_id,
  CASE
    WHEN identity LIKE '%_@_%._%' THEN concat('email:', lower(identity))
    -- The cookie of somebody unknown: 20 bytes in base 64.
    WHEN identity RLIKE '^[A-Za-z0-9+/]{27}=$' THEN concat('device:', identity)
    ELSE concat('user:', identity)
  END AS visitor_id,
  occurred_at,
  CASE
    WHEN action IN ('page view', 'page viewed', 'viewed page') THEN 'page'
    WHEN action IN ('signed up', 'sign up') THEN 'signed_up'
    WHEN action IN ('form submitted', 'submitted form') THEN 'form_submitted'
    WHEN action IN ('demo requested', 'requested demo') THEN 'demo_requested'
    WHEN action IN ('webinar attended', 'attended webinar') THEN 'webinar_attended'
    WHEN action IN ('content downloaded', 'file downloaded') THEN 'content_downloaded'
    WHEN action IN ('meeting booked', 'booked meeting') THEN 'meeting_booked'
    WHEN action = 'ad campaign hit' THEN 'ad_clicked'
    WHEN action = 'feature used' THEN 'feature_used'
    ELSE 'track'
  END AS event_type,
  event_name AS name,
  -- The library writes addresses without http:// as well.
  nullif(regexp_extract(url, '^(?:[^:/?#]+://)?[^/?#]+([^?#]*)', 1), '') AS path,
  url,
  campaign,
  CAST(NULL AS STRING) AS company_domain,
  CAST(NULL AS DECIMAL(18, 2)) AS amount,
  CAST(NULL AS TIMESTAMP) AS loaded_at
FROM named
-- Kissmetrics leaves known bots out itself and exports no user agent.
WHERE identity IS NOT NULL
