-- One row per status change of a person.
-- @check not_null(id, status, occurred_at)
SELECT concat('marts:', person_id) AS id, status, occurred_at, reason, amount
FROM stg_marts_status_changes
