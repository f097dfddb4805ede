-- One row per delivery of a sign-up.
SELECT id, coalesce(user_id, anonymous_id) AS visitor_id, timestamp AS occurred_at
FROM warehouse.signed_up
