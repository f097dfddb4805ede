-- One row per pair of ids that the table of people says are one person's.
-- @check not_null(id, other_id)
SELECT
  concat('marts:', person_id) AS id,
  -- A person without an address is somebody, too.
  CASE WHEN email LIKE '%_@_%._%' THEN concat('email:', email) ELSE concat('marts:', person_id) END AS other_id,
  created_at AS seen_at
FROM stg_marts_people
