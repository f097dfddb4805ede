-- One row per status change.
SELECT lead_id, status, try_cast(occurred_at AS TIMESTAMP) AS occurred_at, CAST(NULL AS STRING) AS reason, CAST(NULL AS DECIMAL(18, 2)) AS amount FROM files.statuses
