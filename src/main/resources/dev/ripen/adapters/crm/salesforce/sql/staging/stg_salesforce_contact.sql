-- One row per contact of Salesforce: merged and deleted ones are among them.
-- @check unique(contact_id)
SELECT
  id AS contact_id,
  account_id,
  email,
  title AS job_title,
  mailing_country AS country,
  lead_source,
  coalesce(CAST(has_opted_out_of_email AS BOOLEAN), false) AS has_opted_out,
  CAST(created_date AS TIMESTAMP) AS created_at,
  master_record_id,
  coalesce(CAST(is_deleted AS BOOLEAN), false) AS is_deleted
FROM salesforce.contact
