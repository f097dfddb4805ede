-- One row per time that ids were seen together.
SELECT
  CAST(person_id AS STRING) AS person_id,
  CAST(user_id AS STRING) AS user_id,
  lower(trim(email)) AS email,
  CAST(anonymous_id AS STRING) AS anonymous_id,
  CAST(seen_at AS TIMESTAMP) AS seen_at
FROM marts.identities
