-- One row per call or form of a customer.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  concat('callrail:', call_id) AS event_id,
  coalesce(concat('device:', phone), concat('device:callrail-', person_id)) AS visitor_id,
  occurred_at,
  CASE WHEN is_answered AND duration_seconds >= 30 THEN 'call' ELSE 'track' END AS event_type,
  CASE
    WHEN is_answered AND duration_seconds >= 30 AND is_first_call THEN 'First call'
    WHEN is_answered AND duration_seconds >= 30 THEN 'Call'
    WHEN is_answered THEN 'Short call'
    WHEN is_voicemail THEN 'Voicemail'
    ELSE 'Missed call'
  END AS name,
  nullif(regexp_extract(landing_page_url, '^[^:]+://[^/?#]+([^?#]*)', 1), '') AS path,
  landing_page_url AS url,
  campaign,
  CAST(NULL AS STRING) AS company_domain,
  amount,
  loaded_at
FROM stg_callrail_call
WHERE
  coalesce(phone, person_id) IS NOT NULL
  -- Outbound is what your own people did.
  AND coalesce(direction, 'inbound') = 'inbound'
  AND NOT is_spam
  AND coalesce(lead_status, '') <> 'not_a_lead'
UNION ALL
SELECT
  concat('callrail:', form_submission_id),
  coalesce(concat('email:', email), concat('device:', phone), concat('device:callrail-', person_id)),
  occurred_at,
  'form_submitted',
  'Form',
  nullif(regexp_extract(form_url, '^[^:]+://[^/?#]+([^?#]*)', 1), ''),
  form_url,
  campaign,
  CAST(NULL AS STRING),
  CAST(NULL AS DECIMAL(18, 2)),
  loaded_at
FROM stg_callrail_form_submission
WHERE coalesce(email, phone, person_id) IS NOT NULL
