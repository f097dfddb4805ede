-- One row per change of a lead's status.
SELECT lead_id, status, try_cast(occurred_at AS TIMESTAMP) AS occurred_at, reason, try_cast(amount AS DECIMAL(18,2)) AS amount
FROM files.statuses
