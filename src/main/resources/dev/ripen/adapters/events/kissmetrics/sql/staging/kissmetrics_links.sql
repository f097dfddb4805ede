-- One row per alias: two names of one person.
WITH aliases AS (
  SELECT
    transform(
      array(identity, alias),
      name -> CASE
        WHEN name LIKE '%_@_%._%' THEN concat('email:', lower(name))
        WHEN name RLIKE '^[A-Za-z0-9+/]{27}=$' THEN concat('device:', name)
        ELSE concat('user:', name)
      END
    ) AS ids,
    occurred_at
  FROM stg_kissmetrics_records
  WHERE identity IS NOT NULL AND alias IS NOT NULL
)
SELECT ids[0] AS id, ids[1] AS other_id, occurred_at AS seen_at
FROM aliases
