-- One row per answer to a campaign.
SELECT
  concat('salesforce:', member_id) AS event_id,
  concat('salesforce:', coalesce(contact_id, lead_id)) AS visitor_id,
  -- Salesforce keeps the day of the answer, not its time.
  coalesce(responded_at, created_at) AS occurred_at,
  CASE
    WHEN status RLIKE '(?i)no.?show|not attend|did not' THEN 'track'
    WHEN status RLIKE '(?i)attend' THEN 'webinar_attended'
    WHEN status RLIKE '(?i)download' THEN 'content_downloaded'
    WHEN status RLIKE '(?i)form|submit|regist' THEN 'form_submitted'
    ELSE 'track'
  END AS event_type,
  concat('Campaign: ', status) AS name,
  CAST(NULL AS STRING) AS path,
  CAST(NULL AS STRING) AS url,
  campaign_id AS campaign,
  CAST(NULL AS STRING) AS company_domain,
  CAST(NULL AS DECIMAL(18, 2)) AS amount,
  loaded_at
FROM stg_salesforce_campaign_member
WHERE has_responded AND NOT is_deleted AND coalesce(contact_id, lead_id) IS NOT NULL
