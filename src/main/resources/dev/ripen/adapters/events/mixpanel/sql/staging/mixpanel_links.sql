-- One row per observation of two ids that are one person's.
WITH users AS (
  SELECT concat('user:', distinct_id) AS user_id, *
  FROM stg_mixpanel_event
  WHERE
    NOT distinct_id LIKE '$device:%'
    AND NOT coalesce(distinct_id = device_id, false)
    AND event_name NOT IN ('$identify', '$create_alias', '$merge')
)
SELECT user_id AS id, concat('device:', device_id) AS other_id, occurred_at AS seen_at
FROM users
WHERE device_id IS NOT NULL
UNION ALL
SELECT user_id, concat('device:', regexp_replace(sent_distinct_id, r'^\$device:', '')), occurred_at
FROM users
WHERE sent_distinct_id <> distinct_id AND coalesce(sent_distinct_id <> device_id, true)
UNION ALL
SELECT user_id, concat('email:', lower(distinct_id)), occurred_at
FROM users
WHERE distinct_id LIKE '%_@_%._%'
UNION ALL
SELECT user_id, concat('email:', lower(trim(properties['$email']))), occurred_at
FROM users
WHERE properties['$email'] LIKE '%_@_%._%'
UNION ALL
SELECT
  concat('user:', properties['$identified_id']),
  concat('device:', regexp_replace(properties['$anon_id'], r'^\$device:', '')),
  occurred_at
FROM stg_mixpanel_event
WHERE
  event_name = '$identify'
  AND properties['$identified_id'] IS NOT NULL
  AND properties['$anon_id'] IS NOT NULL
UNION ALL
SELECT concat('user:', properties['alias']), concat('user:', distinct_id), occurred_at
FROM stg_mixpanel_event
WHERE event_name = '$create_alias' AND properties['alias'] IS NOT NULL AND distinct_id IS NOT NULL
UNION ALL
SELECT concat('user:', merged[0]), concat('user:', merged[1]), occurred_at
FROM (
  SELECT from_json(properties['$distinct_ids'], 'ARRAY<STRING>') AS merged, occurred_at
  FROM stg_mixpanel_event
  WHERE event_name = '$merge'
) AS merges
WHERE size(merged) = 2
