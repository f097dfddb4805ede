-- One row per person: records of the CRM that belong to one person are one.
-- @check unique(lead_id)
-- @check not_null(lead_id, created_at)
-- @check rows where email <> lower(trim(email)) is empty
WITH records AS (
  SELECT
    id, 1 AS crm_rank, record_rank, email, created_at, lead_source, job_title, company, country, industry, lifecycle_stage,
    current_mql, has_opted_out, merged_records,
    record_id AS salesforce_id,
    NULL AS marketo_score,
    NULL AS marketo_id
  FROM salesforce_leads
  UNION ALL
  SELECT
    id, 2 AS crm_rank, record_rank, email, created_at, lead_source, job_title, company, country, industry, lifecycle_stage,
    current_mql, has_opted_out, merged_records,
    NULL AS salesforce_id,
    marketo_score,
    record_id AS marketo_id
  FROM marketo_leads
),
ranked AS (
  SELECT
    coalesce(people.person_id, records.id) AS lead_id,
    -- Where two records differ, the first of this order is believed.
    struct(crm_rank, record_rank, created_at, records.id) AS place,
    records.*
  FROM records
  LEFT JOIN people ON people.id = records.id
),
persons AS (
  SELECT
    lead_id,
    min_by(email, place) FILTER (WHERE email IS NOT NULL) AS email,
    min(created_at) AS created_at,
    min_by(lead_source, place) FILTER (WHERE lead_source IS NOT NULL) AS lead_source,
    min_by(job_title, place) FILTER (WHERE job_title IS NOT NULL) AS job_title,
    min_by(company, place) FILTER (WHERE company IS NOT NULL) AS company,
    min_by(country, place) FILTER (WHERE country IS NOT NULL) AS country,
    min_by(industry, place) FILTER (WHERE industry IS NOT NULL) AS industry,
    min_by(lifecycle_stage, place) FILTER (WHERE lifecycle_stage IS NOT NULL) AS lifecycle_stage,
    bool_or(current_mql) AS current_mql,
    bool_or(has_opted_out) AS has_opted_out,
    sum(merged_records) + count(*) AS merged_records,
    min_by(salesforce_id, place) FILTER (WHERE salesforce_id IS NOT NULL) AS salesforce_id,
    min_by(marketo_score, place) FILTER (WHERE marketo_score IS NOT NULL) AS marketo_score,
    min_by(marketo_id, place) FILTER (WHERE marketo_id IS NOT NULL) AS marketo_id
  FROM ranked
  GROUP BY lead_id
),
usermotion AS (
  SELECT
    coalesce(people.person_id, scored.id) AS lead_id,
    max_by(usermotion_score, struct(scored_at, scored.id)) AS usermotion_score,
    max_by(usermotion_grade, struct(scored_at, scored.id)) AS usermotion_grade
  FROM usermotion_attributes AS scored
  LEFT JOIN people ON people.id = scored.id
  GROUP BY coalesce(people.person_id, scored.id)
)
SELECT
  persons.*,
  usermotion.usermotion_score,
  usermotion.usermotion_grade,
  -- The company, for rules about accounts: the domain of an address that is no private one.
  CASE WHEN NOT is_free_mail(email) THEN registrable_domain(email) END AS account_id
FROM persons
LEFT JOIN usermotion ON usermotion.lead_id = persons.lead_id
