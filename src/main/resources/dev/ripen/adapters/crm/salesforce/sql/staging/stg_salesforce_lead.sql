-- One row per lead of Salesforce: converted, merged and deleted ones are among them.
-- @check unique(lead_id)
SELECT
  id AS lead_id,
  email,
  title AS job_title,
  company,
  country,
  industry,
  lead_source,
  status,
  coalesce(CAST(has_opted_out_of_email AS BOOLEAN), false) AS has_opted_out,
  CAST(created_date AS TIMESTAMP) AS created_at,
  coalesce(CAST(is_converted AS BOOLEAN), false) AS is_converted,
  CAST(converted_date AS TIMESTAMP) AS converted_at,
  converted_contact_id,
  master_record_id,
  coalesce(CAST(is_deleted AS BOOLEAN), false) AS is_deleted
FROM salesforce.lead
