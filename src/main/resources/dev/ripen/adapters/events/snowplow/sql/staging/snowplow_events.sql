-- One row per delivery of an event of Snowplow.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  concat('snowplow:', event_id) AS event_id,
  coalesce(concat('user:', user_id), concat('device:', domain_userid), concat('device:', network_userid)) AS visitor_id,
  occurred_at,
  CASE
    WHEN event_name = 'page_view' THEN 'page'
    WHEN event_name = 'submit_form' THEN 'form_submitted'
    WHEN event_name IN ('sign_up', 'signed_up') THEN 'signed_up'
    WHEN event_name IN ('demo_requested', 'request_demo') THEN 'demo_requested'
    WHEN event_name = 'file_download' THEN 'content_downloaded'
    ELSE 'track'
  END AS event_type,
  CASE
    WHEN event_name = 'page_view' THEN page_title
    WHEN event = 'struct' THEN concat_ws(' / ', se_category, se_action)
    ELSE event_name
  END AS name,
  page_urlpath AS path,
  page_url AS url,
  mkt_campaign AS campaign,
  CAST(NULL AS STRING) AS company_domain,
  try_cast(tr_total_base AS DECIMAL(18, 2)) AS amount,
  loaded_at
FROM stg_snowplow_events
WHERE
  coalesce(user_id, domain_userid, network_userid) IS NOT NULL
  -- Missing only in rows that were written before 2015.
  AND occurred_at IS NOT NULL
  AND NOT coalesce(user_agent RLIKE '(?i)(?<!cu)bot|crawl|spider|slurp|headless|lighthouse|python-requests', false)
