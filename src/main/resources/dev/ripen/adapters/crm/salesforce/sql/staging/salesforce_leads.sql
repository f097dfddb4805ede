-- One row per contact, and per lead that is no contact yet: not deleted, not merged into another.
-- @check unique(id)
-- @check not_null(id, created_at)
WITH converted AS (
  SELECT converted_contact_id AS contact_id, min(created_at) AS created_at, count(*) AS merged_records
  FROM stg_salesforce_lead
  WHERE is_converted AND converted_contact_id IS NOT NULL
  GROUP BY converted_contact_id
),
contacts AS (
  SELECT
    contacts.contact_id AS record_id,
    1 AS record_rank,
    contacts.email,
    least(contacts.created_at, converted.created_at) AS created_at,
    contacts.lead_source,
    contacts.job_title,
    accounts.name AS company,
    coalesce(contacts.country, accounts.country) AS country,
    accounts.industry,
    'Contact' AS lifecycle_stage,
    CAST(NULL AS BOOLEAN) AS current_mql,
    contacts.has_opted_out,
    coalesce(converted.merged_records, 0) AS merged_records
  FROM stg_salesforce_contact AS contacts
  LEFT JOIN stg_salesforce_account AS accounts ON accounts.account_id = contacts.account_id
  LEFT JOIN converted ON converted.contact_id = contacts.contact_id
  WHERE NOT contacts.is_deleted
),
-- A converted lead goes on as its contact; without it, as in a pipeline that lands no contacts, as itself.
leads AS (
  SELECT
    lead_id AS record_id,
    2 AS record_rank,
    email,
    created_at,
    lead_source,
    job_title,
    company,
    country,
    industry,
    status AS lifecycle_stage,
    coalesce(status RLIKE '(?i)mql|marketing qualified', false) AS current_mql,
    has_opted_out,
    0 AS merged_records
  FROM stg_salesforce_lead
  LEFT ANTI JOIN stg_salesforce_contact AS contacts
    ON stg_salesforce_lead.is_converted AND contacts.contact_id = stg_salesforce_lead.converted_contact_id
  WHERE NOT is_deleted
),
records AS (
  SELECT * FROM contacts
  UNION ALL
  SELECT * FROM leads
)
SELECT
  concat('salesforce:', record_id) AS id,
  record_id,
  record_rank,
  -- What is no address at all says nothing about a domain.
  CASE WHEN email LIKE '%_@_%._%' THEN lower(trim(email)) END AS email,
  created_at,
  lead_source,
  job_title,
  company,
  country,
  industry,
  lifecycle_stage,
  current_mql,
  has_opted_out,
  merged_records
FROM records
