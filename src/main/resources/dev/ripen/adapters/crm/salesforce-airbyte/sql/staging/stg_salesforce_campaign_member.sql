-- One row per campaign and lead or contact in it.
SELECT
  Id AS member_id,
  CampaignId AS campaign_id,
  LeadId AS lead_id,
  ContactId AS contact_id,
  Status AS status,
  coalesce(CAST(HasResponded AS BOOLEAN), false) AS has_responded,
  CAST(FirstRespondedDate AS TIMESTAMP) AS responded_at,
  CAST(CreatedDate AS TIMESTAMP) AS created_at,
  coalesce(CAST(IsDeleted AS BOOLEAN), false) AS is_deleted,
  CAST(_airbyte_extracted_at AS TIMESTAMP) AS loaded_at
FROM salesforce.campaign_member
