-- One row per observation of two ids that are one person's: a user and cookies, two cookies of one browser.
SELECT
  concat('user:', user_id) AS id,
  concat('device:', domain_userid) AS other_id,
  occurred_at AS seen_at
FROM stg_snowplow_events
WHERE user_id IS NOT NULL AND domain_userid IS NOT NULL
UNION ALL
SELECT concat('user:', user_id), concat('device:', network_userid), occurred_at
FROM stg_snowplow_events
WHERE user_id IS NOT NULL AND network_userid IS NOT NULL
UNION ALL
-- A browser that forgets the site's cookie often keeps the collector's.
SELECT concat('device:', domain_userid), concat('device:', network_userid), occurred_at
FROM stg_snowplow_events
WHERE domain_userid IS NOT NULL AND network_userid IS NOT NULL
UNION ALL
SELECT concat('user:', user_id), concat('email:', lower(user_id)), occurred_at
FROM stg_snowplow_events
WHERE user_id LIKE '%_@_%._%'
