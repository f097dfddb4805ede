-- One row per address and time that UserMotion scored it.
SELECT
  lower(trim(email)) AS email,
  try_cast(score AS DOUBLE) AS score,
  grade,
  CAST(scored_at AS TIMESTAMP) AS scored_at
FROM usermotion.scores
