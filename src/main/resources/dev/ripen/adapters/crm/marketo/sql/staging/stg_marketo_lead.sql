-- One row per lead of Marketo: merged and deleted ones may be among them.
-- @check unique(lead_id)
SELECT
  CAST(id AS STRING) AS lead_id,
  email,
  title AS job_title,
  company,
  country,
  industry,
  lead_source,
  lead_status,
  try_cast(lead_score AS INT) AS score,
  coalesce(CAST(unsubscribed AS BOOLEAN), false) AS has_opted_out,
  sfdc_lead_id,
  sfdc_contact_id,
  CAST(created_at AS TIMESTAMP) AS created_at
FROM marketo.lead
