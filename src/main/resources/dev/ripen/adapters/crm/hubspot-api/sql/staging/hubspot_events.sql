-- One row per event that HubSpot knows of: forms, visits, meetings.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  concat('hubspot:form:', submission_id) AS event_id,
  concat('email:', email) AS visitor_id,
  occurred_at,
  CASE WHEN title RLIKE r'(?i)\bdemo\b' THEN 'demo_requested' ELSE 'form_submitted' END AS event_type,
  title AS name,
  nullif(regexp_extract(page_url, '^[^:]+://[^/?#]+([^?#]*)', 1), '') AS path,
  page_url AS url,
  CAST(NULL AS STRING) AS campaign,
  CAST(NULL AS STRING) AS company_domain,
  CAST(NULL AS DECIMAL(18, 2)) AS amount,
  loaded_at
FROM stg_hubspot_form_submission
WHERE email LIKE '%_@_%._%'
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
  -- Not when the contact was read: that is each time when somebody, or ripen, has written to it.
  occurred_at
FROM stg_hubspot_contact_history
WHERE
  (property IN ('hs_analytics_last_url', 'engagements_last_meeting_booked') AND nullif(value, '') IS NOT NULL)
  OR (property = 'hs_email_optout' AND value = 'true')
