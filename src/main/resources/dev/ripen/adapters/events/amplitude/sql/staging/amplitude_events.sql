-- One row per event of Amplitude; what a device sent twice has the same event_id.
-- @check not_null(event_id, visitor_id, occurred_at)
WITH named AS (
  SELECT
    *,
    -- Older SDKs write "[Amplitude] Page Viewed", newer ones "Page viewed".
    lower(replace(regexp_replace(event_name, r'^\[Amplitude\] ', ''), '_', ' ')) AS action
  FROM stg_amplitude_event
)
SELECT
  CASE
    -- Amplitude itself tells events apart by these two.
    WHEN insert_id IS NOT NULL THEN concat('amplitude:', coalesce(device_id, ''), '/', insert_id)
    -- Its own event id counts per user only, and events of other sources have no insert id.
    ELSE concat(
      'amplitude:',
      md5(
        concat_ws(
          '|',
          coalesce(amplitude_event_id, -1),
          coalesce(device_id, ''),
          coalesce(unix_micros(client_event_time), -1),
          coalesce(user_id, CAST(amplitude_id AS STRING), '')
        )
      )
    )
  END AS event_id,
  coalesce(concat('user:', user_id), concat('device:', device_id), concat('amplitude:', amplitude_id)) AS visitor_id,
  occurred_at,
  CASE
    WHEN action IN ('page viewed', 'page view', 'viewed page') THEN 'page'
    WHEN action IN ('signed up', 'sign up') THEN 'signed_up'
    WHEN action IN ('form submitted', 'submitted form') THEN 'form_submitted'
    WHEN action IN ('demo requested', 'requested demo') THEN 'demo_requested'
    WHEN action IN ('webinar attended', 'attended webinar') THEN 'webinar_attended'
    WHEN action IN ('file downloaded', 'content downloaded') THEN 'content_downloaded'
    WHEN action IN ('meeting booked', 'booked meeting') THEN 'meeting_booked'
    WHEN action = 'feature used' THEN 'feature_used'
    ELSE 'track'
  END AS event_type,
  CASE
    WHEN action = 'page viewed' THEN coalesce(properties['[Amplitude] Page Title'], properties['Page Title'])
    ELSE event_name
  END AS name,
  coalesce(properties['[Amplitude] Page Path'], properties['Page Path']) AS path,
  coalesce(properties['[Amplitude] Page URL'], properties['Page URL']) AS url,
  coalesce(properties['utm_campaign'], user_properties['utm_campaign']) AS campaign,
  CAST(NULL AS STRING) AS company_domain,
  try_cast(properties['$revenue'] AS DECIMAL(18, 2)) AS amount,
  loaded_at
FROM named
WHERE
  coalesce(user_id, device_id, CAST(amplitude_id AS STRING)) IS NOT NULL
  -- These set properties; nobody did anything.
  AND event_name NOT IN ('$identify', '$groupidentify')
  AND NOT coalesce(device_family RLIKE '(?i)(?<!cu)bot|crawl|spider|headless', false)
