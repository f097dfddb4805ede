-- One row per status change of a prospect: what became of the opportunities.
-- @check not_null(id, status, occurred_at)
WITH opportunities AS (
  SELECT DISTINCT links.prospect_id, opportunities.*
  FROM stg_pardot_opportunity AS opportunities
  JOIN stg_pardot_opportunity_prospect AS links ON links.opportunity_id = opportunities.opportunity_id
),
changes AS (
  SELECT prospect_id, 'opportunity' AS status, created_at AS occurred_at, CAST(NULL AS STRING) AS reason, amount
  FROM opportunities
  UNION ALL
  -- The close date is a day: it may begin before the opportunity was made.
  SELECT
    prospect_id,
    CASE WHEN status = 'Won' THEN 'customer' ELSE 'recycled' END,
    greatest(created_at, closed_at),
    CASE WHEN status = 'Lost' THEN stage END,
    CASE WHEN status = 'Won' THEN amount END
  FROM opportunities
  WHERE status IN ('Won', 'Lost') AND closed_at IS NOT NULL
)
SELECT concat('pardot:', prospect_id) AS id, status, occurred_at, reason, amount
FROM changes
