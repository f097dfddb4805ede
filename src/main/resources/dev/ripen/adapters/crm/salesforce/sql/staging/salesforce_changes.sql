-- One row per change of an attribute of a contact, or of a lead that is no contact yet; the value before is its first.
-- @check not_null(id, attribute, occurred_at)
WITH history AS (
  SELECT contact_id AS record_id, field, old_value, new_value, occurred_at FROM stg_salesforce_contact_history
  UNION ALL
  SELECT lead_id, field, old_value, new_value, occurred_at FROM stg_salesforce_lead_history
),
changes AS (
  SELECT
    leads.id,
    leads.created_at,
    CASE history.field
      WHEN 'Title' THEN 'job_title'
      WHEN 'LeadSource' THEN 'lead_source'
      WHEN 'Company' THEN 'company'
      WHEN 'Industry' THEN 'industry'
      WHEN 'Country' THEN 'country'
      WHEN 'MailingCountry' THEN 'country'
      WHEN 'Status' THEN 'lifecycle_stage'
      WHEN 'HasOptedOutOfEmail' THEN 'has_opted_out'
    END AS attribute,
    history.old_value,
    history.new_value,
    history.occurred_at
  FROM history
  JOIN salesforce_leads AS leads ON leads.id = concat('salesforce:', history.record_id)
)
SELECT id, attribute, new_value AS value, occurred_at
FROM changes
WHERE attribute IS NOT NULL
UNION ALL
SELECT id, attribute, min_by(old_value, occurred_at), min(created_at)
FROM changes
WHERE attribute IS NOT NULL
GROUP BY id, attribute
