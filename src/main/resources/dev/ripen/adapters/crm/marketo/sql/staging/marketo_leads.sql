-- One row per lead of Marketo that is left: not deleted, not merged into another.
-- @check unique(id)
-- @check not_null(id, created_at)
WITH absorbed AS (
  SELECT
    marketo_merges.survivor_id,
    min(stg_marketo_lead.created_at) AS created_at,
    count(*) AS merged_records
  FROM marketo_merges
  JOIN stg_marketo_lead ON stg_marketo_lead.lead_id = marketo_merges.absorbed_id
  GROUP BY marketo_merges.survivor_id
),
survivors AS (
  SELECT leads.*
  FROM stg_marketo_lead AS leads
  LEFT ANTI JOIN marketo_merges ON marketo_merges.absorbed_id = leads.lead_id
  LEFT ANTI JOIN stg_marketo_deletion AS deletions ON deletions.lead_id = leads.lead_id
)
SELECT
  concat('marketo:', survivors.lead_id) AS id,
  survivors.lead_id AS record_id,
  1 AS record_rank,
  CASE WHEN email LIKE '%_@_%._%' THEN lower(trim(email)) END AS email,
  least(survivors.created_at, absorbed.created_at) AS created_at,
  lead_source,
  job_title,
  company,
  country,
  industry,
  lead_status AS lifecycle_stage,
  coalesce(lead_status RLIKE '(?i)mql|marketing qualified', false) AS current_mql,
  has_opted_out,
  coalesce(absorbed.merged_records, 0) AS merged_records,
  score AS marketo_score
FROM survivors
LEFT JOIN absorbed ON absorbed.survivor_id = survivors.lead_id
