-- One row per person: the CRM's contacts, merged ones as one, and sign-ups that the CRM does not know.
-- @check unique(lead_id)
-- @check not_null(lead_id, created_at)
-- @check rows where email <> lower(trim(email)) is empty
WITH absorbed AS (
  SELECT contact_id AS survivor_id, CAST(absorbed_id AS BIGINT) AS absorbed_id
  FROM stg_contacts
  LATERAL VIEW explode(split(merged_contact_ids, ';')) AS absorbed_id
),
-- A contact can stand in several lists, if its survivor was merged again: the last one counts.
survivors AS (
  SELECT absorbed.absorbed_id AS contact_id, min(absorbed.survivor_id) AS survivor_id
  FROM absorbed
  LEFT ANTI JOIN absorbed AS later ON later.absorbed_id = absorbed.survivor_id
  GROUP BY absorbed.absorbed_id
),
contacts AS (
  SELECT
    coalesce(survivors.survivor_id, c.contact_id) AS person_id,
    survivors.survivor_id IS NULL AS is_survivor,
    -- What is no address at all says nothing about a domain.
    CASE WHEN c.email RLIKE r'^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$' THEN lower(trim(c.email)) END AS address,
    lower(trim(c.additional_emails)) AS other_addresses,
    c.*
  FROM stg_contacts AS c
  LEFT JOIN survivors ON survivors.contact_id = c.contact_id
),
-- Few are: all others need not be grouped.
merged AS (
  SELECT
    person_id,
    max(address) AS address,
    min(created_at) AS created_at,
    concat_ws(';', array_sort(collect_set(address)), array_sort(collect_set(other_addresses))) AS addresses,
    concat_ws(';', array_sort(collect_set(CAST(contact_id AS STRING)))) AS hubspot_ids
  FROM contacts
  WHERE person_id IN (SELECT survivor_id FROM survivors)
  GROUP BY person_id
),
people AS (
  SELECT
    CAST(c.contact_id AS STRING) AS lead_id,
    coalesce(c.address, merged.address) AS email,
    coalesce(merged.created_at, c.created_at) AS created_at,
    c.lead_source,
    c.job_title,
    c.company,
    c.country,
    c.lifecycle_stage,
    CASE
      WHEN merged.person_id IS NOT NULL THEN array_join(array_distinct(split(merged.addresses, ';')), ';')
      WHEN c.other_addresses IS NULL THEN coalesce(c.address, '')
      ELSE array_join(array_distinct(split(concat_ws(';', c.address, c.other_addresses), ';')), ';')
    END AS emails,
    coalesce(merged.hubspot_ids, CAST(c.contact_id AS STRING)) AS hubspot_ids,
    coalesce(c.is_deleted, true) AS is_deleted
  FROM contacts AS c
  LEFT JOIN merged ON merged.person_id = c.contact_id
  WHERE c.is_survivor
),
-- Who was deleted in the CRM is known too, and does not come back as a sign-up.
known_addresses AS (
  SELECT trim(address) AS address
  FROM stg_contacts
  LATERAL VIEW explode(split(lower(concat_ws(';', email, additional_emails)), ';')) AS address
),
sign_ups AS (
  SELECT
    concat('user:', min(user_id)) AS lead_id,
    lower(trim(email)) AS email,
    min(occurred_at) AS created_at
  FROM stg_signed_up
  WHERE user_id IS NOT NULL AND email LIKE '%_@_%._%'
  GROUP BY lower(trim(email))
),
everybody AS (
  SELECT
    lead_id, email, created_at, lead_source, job_title, company, country, lifecycle_stage,
    emails, lead_id AS hubspot_id, hubspot_ids
  FROM people
  WHERE NOT is_deleted
  UNION ALL
  SELECT
    lead_id, email, created_at, 'Sign-up', NULL, NULL, NULL, NULL,
    email, NULL, NULL
  FROM sign_ups
  LEFT ANTI JOIN known_addresses ON known_addresses.address = sign_ups.email
)
SELECT
  lead_id,
  email,
  created_at,
  lead_source,
  job_title,
  company,
  country,
  lifecycle_stage,
  coalesce(
    lower(job_title) RLIKE r'\b(vp|vice president|head of|director|chief|c[emrt]o)\b'
      AND NOT lower(job_title) RLIKE r'\b(assistant|intern)\b',
    false
  ) AS is_senior_title,
  emails,
  hubspot_id,
  hubspot_ids
FROM everybody
