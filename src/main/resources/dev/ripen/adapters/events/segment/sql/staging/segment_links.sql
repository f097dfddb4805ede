-- One row per observation of two ids that are one person's: identify calls, and calls that carry both ids.
SELECT concat('user:', user_id) AS id, concat('device:', anonymous_id) AS other_id, identified_at AS seen_at
FROM stg_segment_identifies
WHERE user_id IS NOT NULL AND anonymous_id IS NOT NULL
UNION ALL
SELECT concat('user:', user_id), concat('email:', email), identified_at
FROM stg_segment_identifies
WHERE user_id IS NOT NULL AND email LIKE '%_@_%._%'
UNION ALL
-- An address without a user: a newsletter form, for example.
SELECT concat('email:', email), concat('device:', anonymous_id), identified_at
FROM stg_segment_identifies
WHERE user_id IS NULL AND anonymous_id IS NOT NULL AND email LIKE '%_@_%._%'
UNION ALL
-- Some send the address as the user id.
SELECT concat('user:', user_id), concat('email:', lower(user_id)), identified_at
FROM stg_segment_identifies
WHERE user_id LIKE '%_@_%._%'
UNION ALL
SELECT concat('user:', user_id), concat('device:', anonymous_id), occurred_at
FROM stg_segment_tracks
WHERE user_id IS NOT NULL AND anonymous_id IS NOT NULL
UNION ALL
SELECT concat('user:', user_id), concat('device:', anonymous_id), occurred_at
FROM stg_segment_pages
WHERE user_id IS NOT NULL AND anonymous_id IS NOT NULL
