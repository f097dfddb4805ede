-- One row per address: what UserMotion says of it by now.
-- @check unique(id)
SELECT
  concat('email:', email) AS id,
  max(scored_at) AS scored_at,
  max_by(score, scored_at) AS usermotion_score,
  max_by(grade, scored_at) AS usermotion_grade
FROM stg_usermotion_scores
WHERE email LIKE '%_@_%._%'
GROUP BY email
