-- One row per delivery of an event: an event may come twice, an event_id is of one event.
-- @check not_null(event_id, visitor_id, occurred_at)
SELECT
  -- A few events come without an id: what they say about themselves is their id then.
  concat('page:', coalesce(page_id, md5(concat_ws('|', anonymous_id, user_id, path, occurred_at)))) AS event_id,
  coalesce(user_id, anonymous_id) AS visitor_id,
  occurred_at,
  'page' AS event_type,
  path,
  coalesce(path LIKE '/pricing%', false) AS is_pricing_page,
  loaded_at
FROM stg_pages
WHERE
  coalesce(user_id, anonymous_id) IS NOT NULL
  AND NOT coalesce(user_agent RLIKE '(?i)bot|crawl|spider|headless|python-requests', false)
UNION ALL
SELECT
  concat('signed_up:', coalesce(id, md5(concat_ws('|', anonymous_id, user_id, occurred_at)))),
  coalesce(user_id, anonymous_id),
  occurred_at,
  'signed_up',
  path,
  false,
  loaded_at
FROM stg_signed_up
WHERE coalesce(user_id, anonymous_id) IS NOT NULL
UNION ALL
SELECT
  concat('demo_requested:', coalesce(id, md5(concat_ws('|', anonymous_id, user_id, occurred_at)))),
  coalesce(user_id, anonymous_id),
  occurred_at,
  'demo_requested',
  path,
  false,
  loaded_at
FROM stg_demo_requested
WHERE coalesce(user_id, anonymous_id) IS NOT NULL
UNION ALL
SELECT
  concat('ebook_downloaded:', coalesce(id, md5(concat_ws('|', anonymous_id, user_id, occurred_at)))),
  coalesce(user_id, anonymous_id),
  occurred_at,
  'ebook_downloaded',
  path,
  false,
  loaded_at
FROM stg_ebook_downloaded
WHERE coalesce(user_id, anonymous_id) IS NOT NULL
UNION ALL
SELECT
  concat('webinar_attended:', coalesce(id, md5(concat_ws('|', anonymous_id, user_id, occurred_at)))),
  coalesce(user_id, anonymous_id),
  occurred_at,
  'webinar_attended',
  path,
  false,
  loaded_at
FROM stg_webinar_attended
WHERE coalesce(user_id, anonymous_id) IS NOT NULL
UNION ALL
SELECT
  concat('unsubscribed:', coalesce(id, md5(concat_ws('|', anonymous_id, user_id, occurred_at)))),
  coalesce(user_id, anonymous_id),
  occurred_at,
  'unsubscribed',
  path,
  false,
  loaded_at
FROM stg_unsubscribed
WHERE coalesce(user_id, anonymous_id) IS NOT NULL
UNION ALL
SELECT
  concat('feature_used:', coalesce(id, md5(concat_ws('|', anonymous_id, user_id, occurred_at)))),
  coalesce(user_id, anonymous_id),
  occurred_at,
  'feature_used',
  CAST(NULL AS STRING),
  false,
  loaded_at
FROM stg_feature_used
WHERE coalesce(user_id, anonymous_id) IS NOT NULL
