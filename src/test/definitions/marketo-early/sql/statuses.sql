-- One row per status change, in ripen's words.
-- @check not_null(lead_id, status, occurred_at)
SELECT lead_id, status, occurred_at, reason, CAST(NULL AS DECIMAL(18, 2)) AS amount
FROM warehouse.status
