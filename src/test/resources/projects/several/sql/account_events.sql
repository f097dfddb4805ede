-- One row per delivery of an event of an account.
-- @check not_null(account_id)
SELECT event_id, account_id, try_cast(occurred_at AS TIMESTAMP) AS occurred_at, event_type
FROM files.account_events
