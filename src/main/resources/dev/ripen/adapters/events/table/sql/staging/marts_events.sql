-- One row per delivery of an event of the table of events.
SELECT
  concat('marts:', event_id) AS event_id,
  coalesce(
    concat('marts:', person_id), concat('user:', user_id), concat('email:', email), concat('device:', anonymous_id)
  ) AS visitor_id,
  occurred_at,
  event_type,
  name,
  path,
  url,
  campaign,
  company_domain,
  amount,
  loaded_at
FROM stg_marts_events
WHERE coalesce(person_id, user_id, email, anonymous_id) IS NOT NULL
