-- One row per stage that a deal is in: the deals say what it means.
-- @check unique(stage_id)
SELECT
  dealstage AS stage_id,
  CAST(NULL AS STRING) AS label,
  bool_or(coalesce(hs_is_closed_won = 'true', false)) AS is_won,
  bool_or(coalesce(hs_is_closed = 'true', false)) AS is_closed,
  max(try_cast(hs_deal_stage_probability AS DOUBLE)) AS probability
FROM hubspot.deals
WHERE dealstage IS NOT NULL
GROUP BY dealstage
