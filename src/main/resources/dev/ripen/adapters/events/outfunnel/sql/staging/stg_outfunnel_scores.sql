-- One row per address and time that Outfunnel scored it.
SELECT
  lower(trim(email)) AS email,
  try_cast(score AS DOUBLE) AS score,
  CAST(scored_at AS TIMESTAMP) AS scored_at
FROM outfunnel.scores
