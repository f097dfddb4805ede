-- One row per address, attribute and time that Outfunnel scored it.
-- @check not_null(id, attribute)
WITH scored AS (
  SELECT concat('email:', email) AS id, *
  FROM stg_outfunnel_scores
  WHERE email LIKE '%_@_%._%' AND scored_at IS NOT NULL
)
SELECT id, 'outfunnel_score' AS attribute, CAST(score AS STRING) AS value, scored_at AS occurred_at
FROM scored
