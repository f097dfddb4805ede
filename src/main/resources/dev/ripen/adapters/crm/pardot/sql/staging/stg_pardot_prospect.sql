-- One row per prospect of Pardot: those in the recycle bin are among them.
-- @check unique(prospect_id)
SELECT
  CAST(id AS STRING) AS prospect_id,
  email,
  job_title,
  company,
  country,
  industry,
  source AS lead_source,
  try_cast(score AS INT) AS score,
  grade,
  coalesce(CAST(opted_out AS BOOLEAN), false) OR coalesce(CAST(is_do_not_email AS BOOLEAN), false) AS has_opted_out,
  crm_contact_fid,
  crm_lead_fid,
  CAST(created_at AS TIMESTAMP) AS created_at,
  coalesce(CAST(_fivetran_deleted AS BOOLEAN), false) AS is_deleted
FROM pardot.prospect
