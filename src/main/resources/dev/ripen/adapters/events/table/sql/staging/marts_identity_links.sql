-- One row per pair of ids that were seen together.
-- @check not_null(id, other_id)
WITH seen AS (
  SELECT
    array_compact(array(
      concat('marts:', person_id), concat('user:', user_id), concat('email:', email), concat('device:', anonymous_id)
    )) AS ids,
    seen_at
  FROM stg_marts_identities
)
SELECT get(ids, 0) AS id, other_id, seen_at
FROM seen
LATERAL VIEW explode(slice(ids, 2, 3)) AS other_id
