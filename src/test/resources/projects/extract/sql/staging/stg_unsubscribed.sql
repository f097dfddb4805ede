-- One row per delivery of an unsubscription.
SELECT id, coalesce(user_id, anonymous_id) AS visitor_id, timestamp AS occurred_at
FROM warehouse.unsubscribed
