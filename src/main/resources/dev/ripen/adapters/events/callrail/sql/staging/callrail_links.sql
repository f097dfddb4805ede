-- One row per observation of two ids that are one person's: CallRail's person, a telephone, an address.
-- A telephone is a device: colleagues share a line, and it makes nobody one with them.
SELECT
  concat('device:callrail-', person_id) AS id,
  concat('device:', phone) AS other_id,
  occurred_at AS seen_at
FROM stg_callrail_call
WHERE person_id IS NOT NULL AND phone IS NOT NULL AND NOT is_spam
UNION ALL
SELECT concat('email:', email), concat('device:callrail-', person_id), occurred_at
FROM stg_callrail_form_submission
WHERE person_id IS NOT NULL AND email LIKE '%_@_%._%'
UNION ALL
SELECT concat('email:', email), concat('device:', phone), occurred_at
FROM stg_callrail_form_submission
WHERE phone IS NOT NULL AND email LIKE '%_@_%._%'
