-- One row per event of Google Analytics.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  -- _fivetran_id tells the intraday row from the day's; these columns are the same in both.
  concat(
    'ga4:',
    md5(
      concat_ws(
        '|',
        coalesce(user_pseudo_id, user_id),
        unix_micros(occurred_at),
        event_name,
        coalesce(bundle_sequence_id, -1),
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
  CASE WHEN event_name = 'page_view' THEN page_title ELSE event_name END AS name,
  nullif(regexp_extract(page_location, '^[^:]+://[^/?#]+([^?#]*)', 1), '') AS path,
  page_location AS url,
  campaign,
  CAST(NULL AS STRING) AS company_domain,
  try_cast(value_in_usd AS DECIMAL(18, 2)) AS amount,
  loaded_at
FROM stg_ga4_fivetran_event
-- Without consent there is no id: nobody can be scored for it. Google leaves known bots out itself.
WHERE coalesce(user_id, user_pseudo_id) IS NOT NULL
