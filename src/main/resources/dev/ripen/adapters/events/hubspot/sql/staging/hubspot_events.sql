-- One row per event that HubSpot knows of: e-mails, forms, visits, meetings.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  -- An id is unique together with the time only.
  concat('hubspot:email:', email_event_id, '/', unix_micros(occurred_at)) AS event_id,
  concat('email:', recipient) AS visitor_id,
  occurred_at,
  CASE type
    WHEN 'OPEN' THEN 'email_opened'
    WHEN 'CLICK' THEN 'email_clicked'
    WHEN 'BOUNCE' THEN 'email_bounced'
    -- Who calls it spam is unsubscribed by HubSpot.
    WHEN 'SPAMREPORT' THEN 'unsubscribed'
    ELSE 'track'
  END AS event_type,
  concat('E-mail: ', lower(type)) AS name,
  CAST(NULL AS STRING) AS path,
  CAST(NULL AS STRING) AS url,
  CAST(email_campaign_id AS STRING) AS campaign,
  CAST(NULL AS STRING) AS company_domain,
  CAST(NULL AS DECIMAL(18, 2)) AS amount,
  loaded_at
FROM stg_hubspot_email_event
WHERE
  recipient IS NOT NULL
  -- Sent, delivered and the like are HubSpot's doing. STATUSCHANGE says neither to what nor which way.
  AND type IN ('OPEN', 'CLICK', 'BOUNCE', 'SPAMREPORT', 'PRINT', 'FORWARD')
  -- Null is no bot: HubSpot filters only what has a user agent.
  AND NOT coalesce(is_filtered, false)
  -- HubSpot has put a later event in its place.
  AND obsoleted_by_id IS NULL
UNION ALL
SELECT
  concat('hubspot:form:', conversion_id),
  concat('hubspot:', contact_id),
  occurred_at,
  CASE WHEN title RLIKE r'(?i)\bdemo\b' THEN 'demo_requested' ELSE 'form_submitted' END,
  title,
  nullif(regexp_extract(page_url, '^[^:]+://[^/?#]+([^?#]*)', 1), ''),
  page_url,
  CAST(NULL AS STRING),
  CAST(NULL AS STRING),
  CAST(NULL AS DECIMAL(18, 2)),
  loaded_at
FROM stg_hubspot_contact_form_submission
WHERE contact_id IS NOT NULL AND conversion_id IS NOT NULL
UNION ALL
SELECT
  concat('hubspot:', property, ':', contact_id, '/', unix_micros(occurred_at)),
  concat('hubspot:', contact_id),
  occurred_at,
  CASE property
    WHEN 'hs_analytics_last_url' THEN 'page'
    WHEN 'engagements_last_meeting_booked' THEN 'meeting_booked'
    ELSE 'unsubscribed'
  END,
  CASE property
    WHEN 'hs_analytics_last_url' THEN 'Last page of a visit'
    WHEN 'engagements_last_meeting_booked' THEN 'Booked a meeting'
    ELSE 'Unsubscribed from all e-mail'
  END,
  CASE WHEN property = 'hs_analytics_last_url' THEN nullif(regexp_extract(value, '^[^:]+://[^/?#]+([^?#]*)', 1), '') END,
  CASE WHEN property = 'hs_analytics_last_url' THEN value END,
  CAST(NULL AS STRING),
  CAST(NULL AS STRING),
  CAST(NULL AS DECIMAL(18, 2)),
  loaded_at
FROM stg_hubspot_contact_event
WHERE
  contact_id IS NOT NULL
  AND (
    (property IN ('hs_analytics_last_url', 'engagements_last_meeting_booked') AND nullif(value, '') IS NOT NULL)
    OR (property = 'hs_email_optout' AND value = 'true')
  )
