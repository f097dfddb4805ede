-- One row per person of the table of people.
-- @check unique(person_id)
SELECT
  CAST(person_id AS STRING) AS person_id,
  CAST(crm_record_id AS STRING) AS crm_record_id,
  lower(trim(email)) AS email,
  CAST(created_at AS TIMESTAMP) AS created_at,
  lead_source,
  job_title,
  company,
  country,
  industry,
  lifecycle_stage,
  CAST(is_mql AS BOOLEAN) AS is_mql,
  CAST(has_opted_out AS BOOLEAN) AS has_opted_out
FROM marts.people
