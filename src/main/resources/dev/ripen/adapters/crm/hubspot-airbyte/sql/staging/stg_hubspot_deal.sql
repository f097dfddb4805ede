-- One row per deal of HubSpot: archived deals may be among them.
-- @check unique(deal_id)
SELECT
  CAST(id AS STRING) AS deal_id,
  try_cast(properties_amount AS DECIMAL(18, 2)) AS amount,
  properties_closed_lost_reason AS lost_because,
  CAST(createdAt AS TIMESTAMP) AS created_at,
  coalesce(CAST(archived AS BOOLEAN), false) AS is_deleted
FROM hubspot.deal
