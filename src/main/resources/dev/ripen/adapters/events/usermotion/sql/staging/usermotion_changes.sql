-- One row per address, attribute and time that UserMotion scored it.
-- @check not_null(id, attribute)
WITH scored AS (
  SELECT concat('email:', email) AS id, *
  FROM stg_usermotion_scores
  WHERE email LIKE '%_@_%._%' AND scored_at IS NOT NULL
)
SELECT id, 'usermotion_score' AS attribute, CAST(score AS STRING) AS value, scored_at AS occurred_at
FROM scored
UNION ALL
SELECT id, 'usermotion_grade', grade, scored_at
FROM scored
