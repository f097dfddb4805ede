-- One row per delivery of a track or page call: after a replay it may come a second time.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  concat('segment:', id) AS event_id,
  coalesce(concat('user:', user_id), concat('device:', anonymous_id)) AS visitor_id,
  occurred_at,
  'page' AS event_type,
  title AS name,
  path,
  url,
  campaign,
  CAST(NULL AS STRING) AS company_domain,
  CAST(NULL AS DECIMAL(18, 2)) AS amount,
  loaded_at
FROM stg_segment_pages
WHERE
  coalesce(user_id, anonymous_id) IS NOT NULL
  AND NOT coalesce(user_agent RLIKE '(?i)(?<!cu)bot|crawl|spider|slurp|headless|lighthouse|python-requests', false)
UNION ALL
SELECT
  concat('segment:', id),
  coalesce(concat('user:', user_id), concat('device:', anonymous_id)),
  occurred_at,
  -- The column event has the name in snake case, as tables are named.
  CASE
    WHEN event IN ('signed_up', 'sign_up') THEN 'signed_up'
    WHEN event IN ('form_submitted', 'submitted_form') THEN 'form_submitted'
    WHEN event IN ('demo_requested', 'requested_demo') THEN 'demo_requested'
    WHEN event IN ('webinar_attended', 'attended_webinar') THEN 'webinar_attended'
    WHEN event IN ('file_downloaded', 'content_downloaded') THEN 'content_downloaded'
    WHEN event IN ('meeting_booked', 'booked_meeting') THEN 'meeting_booked'
    WHEN event IN ('unsubscribed', 'email_opened', 'email_clicked', 'email_bounced', 'feature_used') THEN event
    ELSE 'track'
  END,
  coalesce(event_text, event),
  path,
  url,
  campaign,
  CAST(NULL AS STRING),
  CAST(NULL AS DECIMAL(18, 2)),
  loaded_at
FROM stg_segment_tracks
WHERE
  coalesce(user_id, anonymous_id) IS NOT NULL
  AND NOT coalesce(user_agent RLIKE '(?i)(?<!cu)bot|crawl|spider|slurp|headless|lighthouse|python-requests', false)
