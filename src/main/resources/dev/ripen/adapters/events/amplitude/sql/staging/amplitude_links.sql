-- One row per event of a known user: the user with the device, and with the address if the user id is one.
SELECT
  concat('user:', user_id) AS id,
  concat('device:', device_id) AS other_id,
  occurred_at AS seen_at
FROM stg_amplitude_event
WHERE user_id IS NOT NULL AND device_id IS NOT NULL
UNION ALL
SELECT
  concat('user:', user_id),
  concat('email:', lower(user_id)),
  occurred_at
FROM stg_amplitude_event
WHERE user_id LIKE '%_@_%._%'
