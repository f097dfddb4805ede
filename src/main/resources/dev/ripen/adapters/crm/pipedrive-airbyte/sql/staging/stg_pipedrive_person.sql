-- One row per person of Pipedrive: deleted ones are among them.
-- @check unique(person_id)
WITH persons AS (
  SELECT *, from_json(email, 'ARRAY<STRUCT<value: STRING, primary: BOOLEAN>>') AS addresses
  FROM pipedrive.person
)
SELECT
  CAST(id AS STRING) AS person_id,
  CAST(org_id AS STRING) AS organization_id,
  coalesce(get(filter(addresses, address -> address.primary), 0).value, get(addresses, 0).value) AS email,
  CAST(NULL AS STRING) AS job_title,
  CAST(NULL AS STRING) AS country,
  try_cast(add_time AS TIMESTAMP) AS created_at,
  NOT coalesce(CAST(active_flag AS BOOLEAN), true) AS is_deleted
FROM persons
