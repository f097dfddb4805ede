-- One row per observation of two ids that are one person's: CallRail's person, a phone number, an address.
SELECT
  concat('callrail:', person_id) AS id,
  concat('phone:', phone) AS other_id,
  occurred_at AS seen_at
FROM stg_callrail_call
WHERE person_id IS NOT NULL AND phone IS NOT NULL AND NOT is_spam
UNION ALL
SELECT concat('callrail:', person_id), concat('email:', email), occurred_at
FROM stg_callrail_form_submission
WHERE person_id IS NOT NULL AND email LIKE '%_@_%._%'
UNION ALL
SELECT concat('email:', email), concat('phone:', phone), occurred_at
FROM stg_callrail_form_submission
WHERE phone IS NOT NULL AND email LIKE '%_@_%._%'
