-- One row per deal of HubSpot: merged and deleted deals are still among them.
-- @check unique(deal_id)
SELECT
  id AS deal_id,
  try_cast(amount AS DECIMAL(18, 2)) AS amount,
  closed_lost_reason AS lost_because,
  created_at,
  is_archived AS is_deleted
FROM hubspot.deals
