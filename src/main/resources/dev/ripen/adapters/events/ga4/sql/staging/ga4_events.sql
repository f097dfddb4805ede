-- One row per delivery of an event of Google Analytics: intraday and daily copies have the same event_id.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  -- The export has no id. These columns together are one event; without the last four, events of one batch fall together.
  concat(
    'ga4:',
    md5(
      concat_ws(
        '|',
        coalesce(user_pseudo_id, user_id),
        unix_micros(occurred_at),
        event_name,
        coalesce(bundle_sequence_id, -1),
        coalesce(batch_page_id, -1),
        coalesce(batch_ordering_id, -1),
        coalesce(batch_event_index, -1)
      )
    )
  ) AS event_id,
  coalesce(concat('user:', user_id), concat('device:', user_pseudo_id)) AS visitor_id,
  occurred_at,
  CASE event_name
    WHEN 'page_view' THEN 'page'
    WHEN 'sign_up' THEN 'signed_up'
    WHEN 'generate_lead' THEN 'form_submitted'
    WHEN 'form_submit' THEN 'form_submitted'
    WHEN 'file_download' THEN 'content_downloaded'
    ELSE 'track'
  END AS event_type,
  CASE event_name
    WHEN 'page_view' THEN page_title
    WHEN 'form_submit' THEN coalesce(form_name, event_name)
    WHEN 'file_download' THEN coalesce(file_name, event_name)
    ELSE event_name
  END AS name,
  nullif(regexp_extract(page_location, '^[^:]+://[^/?#]+([^?#]*)', 1), '') AS path,
  page_location AS url,
  coalesce(manual_campaign_name, campaign) AS campaign,
  CAST(NULL AS STRING) AS company_domain,
  try_cast(event_value_in_usd AS DECIMAL(18, 2)) AS amount,
  CAST(NULL AS TIMESTAMP) AS loaded_at
FROM stg_ga4_events
WHERE
  -- Without consent there is no id: nobody can be scored for it.
  coalesce(user_id, user_pseudo_id) IS NOT NULL
  -- Google leaves known bots out itself; one's own people are marked, and exported while the filter is being tested.
  AND coalesce(traffic_type, '') <> 'internal'
