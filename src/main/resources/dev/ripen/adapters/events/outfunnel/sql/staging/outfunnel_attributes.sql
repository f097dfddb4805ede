-- One row per address: what Outfunnel says of it by now.
-- @check unique(id)
SELECT
  concat('email:', email) AS id,
  max(scored_at) AS scored_at,
  max_by(score, scored_at) AS outfunnel_score
FROM stg_outfunnel_scores
WHERE email LIKE '%_@_%._%'
GROUP BY email
