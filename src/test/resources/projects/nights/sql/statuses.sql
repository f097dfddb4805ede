-- One row per status change.
SELECT lead_id, status, occurred_at, reason, amount FROM stg_statuses
