-- One row per contact of the CRM.
SELECT
  scores.lead_id,
  leads.crm_id AS record_id,
  leads.email,
  scores.is_mql AS mql,
  scores.mql_at,
  scores.published_score AS mql_score
FROM scores
JOIN leads ON leads.lead_id = scores.lead_id
WHERE scores.excluded_because IS NULL
