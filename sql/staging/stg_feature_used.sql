-- One row per delivery of a use of a feature of the product.
SELECT
  id,
  anonymous_id,
  user_id,
  timestamp AS occurred_at,
  feature,
  uuid_ts AS loaded_at
FROM warehouse.feature_used
