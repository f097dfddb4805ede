-- One row per status change of a contact: what sales did with it and what became of its deals.
-- @check not_null(id, status, occurred_at)
WITH lead_statuses AS (
  SELECT
    contact_id,
    CASE value
      WHEN 'IN_PROGRESS' THEN 'accepted'
      WHEN 'CONNECTED' THEN 'accepted'
      WHEN 'BAD_TIMING' THEN 'recycled'
      WHEN 'UNQUALIFIED' THEN 'disqualified'
    END AS status,
    occurred_at,
    CASE WHEN value IN ('BAD_TIMING', 'UNQUALIFIED') THEN value END AS reason
  FROM stg_hubspot_contact_history
  WHERE property = 'hs_lead_status'
),
deals AS (
  SELECT DISTINCT links.contact_id, deals.deal_id, deals.created_at, deals.amount, deals.lost_because
  FROM stg_hubspot_deal AS deals
  JOIN stg_hubspot_deal_contact AS links ON links.deal_id = deals.deal_id
  LEFT ANTI JOIN stg_hubspot_merged_deal AS merged ON merged.deal_id = deals.deal_id
  WHERE NOT deals.is_deleted
),
closed_deals AS (
  SELECT deals.*, stages.is_won, entered.entered_at, stages.label
  FROM deals
  JOIN stg_hubspot_deal_stage AS entered ON entered.deal_id = deals.deal_id
  JOIN stg_hubspot_pipeline_stage AS stages ON stages.stage_id = entered.stage_id
  WHERE stages.is_won OR stages.is_closed OR stages.probability = 0
),
-- Who has deals is judged by them: they say when, and how much.
lifecycle_stages AS (
  SELECT contact_id, value, occurred_at
  FROM stg_hubspot_contact_history
  LEFT ANTI JOIN deals USING (contact_id)
  WHERE property = 'lifecyclestage'
),
changes AS (
  SELECT contact_id, status, occurred_at, reason, CAST(NULL AS DECIMAL(18, 2)) AS amount
  FROM lead_statuses
  UNION ALL
  SELECT contact_id, 'opportunity', created_at, NULL, amount
  FROM deals
  UNION ALL
  SELECT
    contact_id,
    CASE WHEN is_won THEN 'customer' ELSE 'recycled' END,
    entered_at,
    CASE WHEN NOT is_won THEN coalesce(lost_because, label) END,
    CASE WHEN is_won THEN amount END
  FROM closed_deals
  UNION ALL
  SELECT contact_id, CASE value WHEN 'salesqualifiedlead' THEN 'accepted' ELSE value END, occurred_at, NULL, NULL
  FROM lifecycle_stages
  WHERE value IN ('salesqualifiedlead', 'opportunity', 'customer')
)
SELECT concat('hubspot:', contact_id) AS id, status, occurred_at, reason, amount
FROM changes
WHERE status IS NOT NULL
