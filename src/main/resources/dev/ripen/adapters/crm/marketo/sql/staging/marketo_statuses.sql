-- One row per status change of a lead: what sales did with it.
-- @check not_null(id, status, occurred_at)
WITH changes AS (
  SELECT
    lead_id,
    CASE
      WHEN new_value RLIKE '(?i)unqualified|disqualified|not converted|junk|bad data' THEN 'disqualified'
      WHEN new_value RLIKE '(?i)recycle|nurtur' THEN 'recycled'
      WHEN new_value RLIKE '(?i)^working|^contacted|^accepted|^sal\\b|^sales accepted|^qualified|^sql\\b' THEN 'accepted'
      WHEN new_value RLIKE '(?i)^opportunity' THEN 'opportunity'
      WHEN new_value RLIKE '(?i)^customer|^closed won' THEN 'customer'
    END AS status,
    occurred_at,
    new_value
  FROM stg_marketo_change
  WHERE field IN ('Lead Status', 'Person Status')
)
SELECT
  concat('marketo:', lead_id) AS id,
  status,
  occurred_at,
  CASE WHEN status IN ('recycled', 'disqualified') THEN new_value END AS reason,
  CAST(NULL AS DECIMAL(18, 2)) AS amount
FROM changes
WHERE status IS NOT NULL
