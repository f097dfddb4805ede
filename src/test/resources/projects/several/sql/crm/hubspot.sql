-- One row per contact of the CRM.
SELECT
  lead_scores.lead_id,
  leads.crm_id AS record_id,
  leads.email,
  lead_scores.is_mql AS mql,
  lead_scores.mql_at,
  lead_scores.published_score AS mql_score,
  concat_ws(', ', lead_scores.models) AS models
FROM lead_scores
JOIN leads ON leads.lead_id = lead_scores.lead_id
WHERE lead_scores.excluded_because IS NULL
