-- One row per contact that is left: not deleted, not merged into another.
-- @check unique(id)
-- @check not_null(id, created_at)
WITH absorbed AS (
  SELECT
    hubspot_merges.survivor_id,
    min(stg_hubspot_contact.created_at) AS created_at,
    count(*) AS merged_records
  FROM hubspot_merges
  JOIN stg_hubspot_contact ON stg_hubspot_contact.contact_id = hubspot_merges.absorbed_id
  GROUP BY hubspot_merges.survivor_id
),
survivors AS (
  SELECT contacts.*
  FROM stg_hubspot_contact AS contacts
  LEFT ANTI JOIN hubspot_merges ON hubspot_merges.absorbed_id = contacts.contact_id
  WHERE NOT contacts.is_deleted
)
SELECT
  concat('hubspot:', contact_id) AS id,
  contact_id AS record_id,
  1 AS record_rank,
  -- What is no address at all says nothing about a domain.
  CASE WHEN email LIKE '%_@_%._%' THEN lower(trim(email)) END AS email,
  -- The person is as old as the oldest contact.
  least(survivors.created_at, absorbed.created_at) AS created_at,
  lead_source,
  job_title,
  company,
  country,
  industry,
  lifecycle_stage,
  lifecycle_stage = 'marketingqualifiedlead' AS current_mql,
  coalesce(has_opted_out, false) AS has_opted_out,
  coalesce(absorbed.merged_records, 0) AS merged_records
FROM survivors
LEFT JOIN absorbed ON absorbed.survivor_id = survivors.contact_id
