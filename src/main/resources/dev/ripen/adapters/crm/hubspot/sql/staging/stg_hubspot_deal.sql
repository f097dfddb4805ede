-- One row per deal of HubSpot: merged and deleted deals are still among them.
-- @check unique(deal_id)
SELECT
  CAST(deal_id AS STRING) AS deal_id,
  try_cast(property_amount AS DECIMAL(18, 2)) AS amount,
  property_closed_lost_reason AS lost_because,
  CAST(property_createdate AS TIMESTAMP) AS created_at,
  coalesce(CAST(is_deleted AS BOOLEAN), false) AS is_deleted
FROM hubspot.deal
