-- One row per contact of the CRM: the fields that ripen keeps in step.
-- @check unique(lead_id)
-- @check not_null(mql, mql_score)
SELECT
  scores.lead_id,
  leads.hubspot_id AS record_id,
  leads.email,
  scores.is_mql AS mql,
  scores.level AS mql_level,
  scores.mql_at,
  scores.first_mql_at,
  scores.published_score AS mql_score,
  coalesce(scores.reasons_at_mql, scores.reasons) AS mql_reasons,
  CASE WHEN scores.is_mql THEN 'marketingqualifiedlead' END AS lifecyclestage
FROM scores
JOIN leads ON leads.lead_id = scores.lead_id
WHERE scores.excluded_because IS NULL
