-- One row per activity of a lead in Marketo. What Marketo does itself (sent, delivered) is not among them.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  concat('marketo:', activity_id) AS event_id,
  concat('marketo:', lead_id) AS visitor_id,
  occurred_at,
  'page' AS event_type,
  page_name AS name,
  nullif(regexp_extract(webpage_url, '^(?:[^:/?#]+://[^/?#]+)?([^?#]*)', 1), '') AS path,
  webpage_url AS url,
  CAST(campaign_id AS STRING) AS campaign,
  CAST(NULL AS STRING) AS company_domain,
  CAST(NULL AS DECIMAL(18, 2)) AS amount,
  loaded_at
FROM stg_marketo_activity_visit_webpage
WHERE
  lead_id IS NOT NULL
  AND NOT coalesce(user_agent RLIKE '(?i)(?<!cu)bot|crawl|spider|slurp|headless|lighthouse|python-requests', false)
UNION ALL
SELECT
  concat('marketo:', activity_id),
  concat('marketo:', lead_id),
  occurred_at,
  CASE WHEN form_name RLIKE r'(?i)\bdemo\b' THEN 'demo_requested' ELSE 'form_submitted' END,
  form_name,
  nullif(regexp_extract(url, '^[^:]+://[^/?#]+([^?#]*)', 1), ''),
  url,
  CAST(campaign_id AS STRING),
  CAST(NULL AS STRING),
  CAST(NULL AS DECIMAL(18, 2)),
  loaded_at
FROM stg_marketo_activity_fill_out_form
WHERE
  lead_id IS NOT NULL
  AND NOT coalesce(user_agent RLIKE '(?i)(?<!cu)bot|crawl|spider|slurp|headless|lighthouse|python-requests', false)
UNION ALL
SELECT
  concat('marketo:', activity_id),
  concat('marketo:', lead_id),
  occurred_at,
  'email_opened',
  email_name,
  CAST(NULL AS STRING),
  CAST(NULL AS STRING),
  CAST(campaign_id AS STRING),
  CAST(NULL AS STRING),
  CAST(NULL AS DECIMAL(18, 2)),
  loaded_at
FROM stg_marketo_activity_open_email
-- No value is no bot: activities from before the filter was on have none.
WHERE lead_id IS NOT NULL AND NOT coalesce(is_bot_activity, false)
UNION ALL
SELECT
  concat('marketo:', activity_id),
  concat('marketo:', lead_id),
  occurred_at,
  'email_clicked',
  email_name,
  nullif(regexp_extract(url, '^[^:]+://[^/?#]+([^?#]*)', 1), ''),
  url,
  CAST(campaign_id AS STRING),
  CAST(NULL AS STRING),
  CAST(NULL AS DECIMAL(18, 2)),
  loaded_at
FROM stg_marketo_activity_click_email
WHERE lead_id IS NOT NULL AND NOT coalesce(is_bot_activity, false)
UNION ALL
SELECT
  concat('marketo:', activity_id),
  concat('marketo:', lead_id),
  occurred_at,
  'email_bounced',
  email_name,
  CAST(NULL AS STRING),
  CAST(NULL AS STRING),
  CAST(campaign_id AS STRING),
  CAST(NULL AS STRING),
  CAST(NULL AS DECIMAL(18, 2)),
  loaded_at
FROM stg_marketo_activity_email_bounced
WHERE lead_id IS NOT NULL
UNION ALL
SELECT
  concat('marketo:', activity_id),
  concat('marketo:', lead_id),
  occurred_at,
  'unsubscribed',
  email_name,
  CAST(NULL AS STRING),
  CAST(NULL AS STRING),
  CAST(campaign_id AS STRING),
  CAST(NULL AS STRING),
  CAST(NULL AS DECIMAL(18, 2)),
  loaded_at
FROM stg_marketo_activity_unsubscribe_email
WHERE lead_id IS NOT NULL
UNION ALL
SELECT
  concat('marketo:', activity_id),
  concat('marketo:', lead_id),
  occurred_at,
  CASE WHEN new_status ILIKE 'attended%' THEN 'webinar_attended' ELSE 'track' END,
  CASE WHEN new_status ILIKE 'attended%' THEN program_name ELSE concat('Program status: ', new_status) END,
  CAST(NULL AS STRING),
  CAST(NULL AS STRING),
  program_name,
  CAST(NULL AS STRING),
  CAST(NULL AS DECIMAL(18, 2)),
  loaded_at
FROM stg_marketo_activity_change_status
WHERE lead_id IS NOT NULL
