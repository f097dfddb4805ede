-- One row per person of Pipedrive who was not deleted.
-- @check unique(id)
-- @check not_null(id, created_at)
SELECT
  concat('pipedrive:', persons.person_id) AS id,
  persons.person_id AS record_id,
  1 AS record_rank,
  CASE WHEN persons.email LIKE '%_@_%._%' THEN lower(trim(persons.email)) END AS email,
  persons.created_at,
  CAST(NULL AS STRING) AS lead_source,
  persons.job_title,
  organizations.name AS company,
  persons.country,
  CAST(NULL AS STRING) AS industry,
  CAST(NULL AS STRING) AS lifecycle_stage,
  CAST(NULL AS BOOLEAN) AS current_mql,
  false AS has_opted_out,
  0 AS merged_records
FROM stg_pipedrive_person AS persons
LEFT JOIN stg_pipedrive_organization AS organizations
  ON organizations.organization_id = persons.organization_id
WHERE NOT persons.is_deleted
