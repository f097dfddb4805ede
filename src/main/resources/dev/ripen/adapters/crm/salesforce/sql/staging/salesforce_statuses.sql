-- One row per status change of a lead or contact: what sales did with it and what became of its opportunities.
-- @check not_null(id, status, occurred_at)
WITH lead_statuses AS (
  SELECT
    lead_id AS record_id,
    CASE
      WHEN new_value RLIKE '(?i)unqualified|disqualified|not converted|junk|bad data' THEN 'disqualified'
      WHEN new_value RLIKE '(?i)recycle|nurtur' THEN 'recycled'
      WHEN new_value RLIKE '(?i)^working|^contacted|^accepted|^sal\\b|^sales accepted|^qualified|^sql\\b' THEN 'accepted'
    END AS status,
    occurred_at,
    new_value
  FROM stg_salesforce_lead_history
  WHERE field = 'Status'
),
opportunities AS (
  SELECT DISTINCT roles.contact_id, opportunities.*
  FROM stg_salesforce_opportunity AS opportunities
  JOIN stg_salesforce_opportunity_role AS roles ON roles.opportunity_id = opportunities.opportunity_id
  WHERE NOT opportunities.is_deleted
),
changes AS (
  SELECT
    record_id,
    status,
    occurred_at,
    CASE WHEN status <> 'accepted' THEN new_value END AS reason,
    CAST(NULL AS DECIMAL(18, 2)) AS amount
  FROM lead_statuses
  UNION ALL
  -- Nobody converts a lead without accepting it.
  SELECT lead_id, 'accepted', greatest(created_at, converted_at), NULL, NULL
  FROM stg_salesforce_lead
  WHERE is_converted AND NOT is_deleted AND converted_at IS NOT NULL
  UNION ALL
  SELECT contact_id, 'opportunity', created_at, NULL, amount
  FROM opportunities
  UNION ALL
  -- The close date is a day: it may begin before the opportunity was made.
  SELECT
    contact_id,
    CASE WHEN is_won THEN 'customer' ELSE 'recycled' END,
    greatest(created_at, closes_at),
    CASE WHEN NOT is_won THEN stage_name END,
    CASE WHEN is_won THEN amount END
  FROM opportunities
  WHERE is_closed
)
SELECT concat('salesforce:', record_id) AS id, status, occurred_at, reason, amount
FROM changes
WHERE status IS NOT NULL
