-- One row per status change of a person: what became of the deals.
-- @check not_null(id, status, occurred_at)
WITH deals AS (
  SELECT * FROM stg_pipedrive_deal WHERE NOT is_deleted AND person_id IS NOT NULL
),
changes AS (
  SELECT person_id, 'opportunity' AS status, created_at AS occurred_at, CAST(NULL AS STRING) AS reason, amount
  FROM deals
  UNION ALL
  -- A deal that was won, then lost, or the reverse, keeps both times: its status says which counts.
  SELECT person_id, 'customer', won_at, NULL, amount
  FROM deals
  WHERE status = 'won' AND won_at IS NOT NULL
  UNION ALL
  SELECT person_id, 'recycled', lost_at, lost_reason, NULL
  FROM deals
  WHERE status = 'lost' AND lost_at IS NOT NULL
)
SELECT concat('pipedrive:', person_id) AS id, status, occurred_at, reason, amount
FROM changes
