-- One row per delivery of an identify call: a browser, perhaps a user, and an e-mail.
-- @check not_null(identified_at)
SELECT
  anonymous_id,
  user_id,
  email,
  timestamp AS identified_at,
  uuid_ts AS loaded_at
FROM warehouse.identifies
