-- One row per delivery of an identify call.
SELECT
  nullif(anonymous_id, '') AS anonymous_id,
  nullif(trim(user_id), '') AS user_id,
  nullif(lower(trim(email)), '') AS email,
  timestamp AS identified_at,
  uuid_ts AS loaded_at
FROM rudderstack.identifies
