-- One row per record: an event (_n), properties of a person (neither), or an alias (_p2).
SELECT
  _n AS event_name,
  nullif(trim(_p), '') AS identity,
  nullif(trim(_p2), '') AS alias,
  -- Seconds since 1970, UTC.
  timestamp_seconds(_t) AS occurred_at,
  url,
  `campaign name` AS campaign
FROM kissmetrics.records
