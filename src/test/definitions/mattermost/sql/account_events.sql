-- One row per thing that happened to a company.
-- @check not_null(event_id, account_id, occurred_at)
SELECT
  event_id,
  account_id,
  occurred_at,
  event_type,
  metric,
  value
FROM warehouse.account_event
