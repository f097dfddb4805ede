-- One row per person of the table of people.
-- @check unique(id)
-- @check not_null(id, created_at)
SELECT
  concat('marts:', person_id) AS id,
  crm_record_id AS record_id,
  1 AS record_rank,
  CASE WHEN email LIKE '%_@_%._%' THEN email END AS email,
  created_at,
  lead_source,
  job_title,
  company,
  country,
  industry,
  lifecycle_stage,
  is_mql AS current_mql,
  coalesce(has_opted_out, false) AS has_opted_out,
  0 AS merged_records
FROM stg_marts_people
