-- One row per contact of the CRM: the fields that ripen keeps in step.
-- @check unique(lead_id)
-- @check not_null(mql, mql_score)
SELECT
  lead_id,
  email,
  is_mql AS mql,
  mql_at,
  published_score AS mql_score
FROM scores
WHERE excluded_because IS NULL
