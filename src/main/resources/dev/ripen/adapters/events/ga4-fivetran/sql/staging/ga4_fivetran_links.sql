-- One row per event of a signed-in user: the user and the device.
SELECT
  concat('user:', user_id) AS id,
  concat('device:', user_pseudo_id) AS other_id,
  occurred_at AS seen_at
FROM stg_ga4_fivetran_event
WHERE user_id IS NOT NULL AND user_pseudo_id IS NOT NULL
