-- One row per person of Pipedrive and address; somebody without one is linked with himself.
-- @check not_null(id, other_id)
SELECT
  id,
  CASE WHEN email IS NULL THEN id ELSE concat('email:', email) END AS other_id,
  created_at AS seen_at
FROM pipedrive_leads
