-- One row per change of an attribute of a contact that is left.
-- @check not_null(id, attribute, occurred_at)
WITH changes AS (
  SELECT
    concat('hubspot:', contact_id) AS id,
    CASE property
      WHEN 'lifecyclestage' THEN 'lifecycle_stage'
      WHEN 'jobtitle' THEN 'job_title'
      WHEN 'company' THEN 'company'
      WHEN 'country' THEN 'country'
      WHEN 'industry' THEN 'industry'
      WHEN 'hs_analytics_source' THEN 'lead_source'
      WHEN 'hs_email_optout' THEN 'has_opted_out'
    END AS attribute,
    value,
    occurred_at
  FROM stg_hubspot_contact_history
)
SELECT changes.id, changes.attribute, nullif(changes.value, '') AS value, changes.occurred_at
FROM changes
JOIN hubspot_leads ON hubspot_leads.id = changes.id
WHERE changes.attribute IS NOT NULL
