-- One row per campaign and lead or contact in it.
SELECT
  id AS member_id,
  campaign_id,
  lead_id,
  contact_id,
  status,
  coalesce(CAST(has_responded AS BOOLEAN), false) AS has_responded,
  CAST(first_responded_date AS TIMESTAMP) AS responded_at,
  CAST(created_date AS TIMESTAMP) AS created_at,
  coalesce(CAST(is_deleted AS BOOLEAN), false) AS is_deleted,
  CAST(_fivetran_synced AS TIMESTAMP) AS loaded_at
FROM salesforce.campaign_member
