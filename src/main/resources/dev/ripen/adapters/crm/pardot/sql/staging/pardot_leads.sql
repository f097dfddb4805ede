-- One row per prospect that is not in the recycle bin.
-- @check unique(id)
-- @check not_null(id, created_at)
SELECT
  concat('pardot:', prospect_id) AS id,
  prospect_id AS record_id,
  1 AS record_rank,
  CASE WHEN email LIKE '%_@_%._%' THEN lower(trim(email)) END AS email,
  created_at,
  lead_source,
  job_title,
  company,
  country,
  industry,
  CAST(NULL AS STRING) AS lifecycle_stage,
  CAST(NULL AS BOOLEAN) AS current_mql,
  has_opted_out,
  0 AS merged_records,
  score AS pardot_score,
  grade AS pardot_grade
FROM stg_pardot_prospect
WHERE NOT is_deleted
