-- One row per delivery of an event.
SELECT
  CAST(event_id AS STRING) AS event_id,
  CAST(person_id AS STRING) AS person_id,
  CAST(user_id AS STRING) AS user_id,
  lower(trim(email)) AS email,
  CAST(anonymous_id AS STRING) AS anonymous_id,
  CAST(occurred_at AS TIMESTAMP) AS occurred_at,
  event_type,
  name,
  path,
  url,
  campaign,
  company_domain,
  try_cast(amount AS DECIMAL(18, 2)) AS amount,
  CAST(loaded_at AS TIMESTAMP) AS loaded_at
FROM marts.events
