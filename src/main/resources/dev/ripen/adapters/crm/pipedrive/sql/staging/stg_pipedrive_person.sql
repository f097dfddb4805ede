-- One row per person of Pipedrive: deleted ones are among them.
-- @check unique(person_id)
SELECT
  CAST(id AS STRING) AS person_id,
  CAST(org_id AS STRING) AS organization_id,
  email,
  job_title,
  postal_address_country AS country,
  CAST(add_time AS TIMESTAMP) AS created_at,
  coalesce(CAST(_fivetran_deleted AS BOOLEAN), false) AS is_deleted
FROM pipedrive.person
