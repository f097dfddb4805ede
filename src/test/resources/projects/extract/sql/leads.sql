-- One row per person: the CRM's contacts, merged ones as one.
-- @check unique(lead_id)
-- @check not_null(lead_id, created_at)
WITH absorbed AS (
  SELECT contact_id AS survivor_id, CAST(absorbed_id AS BIGINT) AS absorbed_id
  FROM stg_contacts
  LATERAL VIEW explode(split(merged_contact_ids, ';')) AS absorbed_id
),
contacts AS (
  SELECT coalesce(absorbed.survivor_id, c.contact_id) AS person_id, absorbed.survivor_id IS NULL AS is_survivor, c.*
  FROM stg_contacts AS c
  LEFT JOIN absorbed ON absorbed.absorbed_id = c.contact_id
)
SELECT
  CAST(person_id AS STRING) AS lead_id,
  max(lower(trim(email))) FILTER (WHERE is_survivor) AS email,
  min(created_at) AS created_at,
  max(company) FILTER (WHERE is_survivor) AS company,
  concat_ws(';', array_sort(collect_set(CAST(contact_id AS STRING)))) AS contact_ids,
  count(*) AS merged_records
FROM contacts
WHERE NOT is_deleted
GROUP BY person_id
