-- One row per opportunity of Salesforce: deleted ones are among them.
-- @check unique(opportunity_id)
SELECT
  Id AS opportunity_id,
  try_cast(Amount AS DECIMAL(18, 2)) AS amount,
  StageName AS stage_name,
  CAST(CreatedDate AS TIMESTAMP) AS created_at,
  CAST(CloseDate AS TIMESTAMP) AS closes_at,
  coalesce(CAST(IsClosed AS BOOLEAN), false) AS is_closed,
  coalesce(CAST(IsWon AS BOOLEAN), false) AS is_won,
  coalesce(CAST(IsDeleted AS BOOLEAN), false) AS is_deleted
FROM salesforce.opportunity
