-- One row per lead of Salesforce: converted, merged and deleted ones are among them.
-- @check unique(lead_id)
SELECT
  Id AS lead_id,
  Email AS email,
  Title AS job_title,
  Company AS company,
  Country AS country,
  Industry AS industry,
  LeadSource AS lead_source,
  Status AS status,
  coalesce(CAST(HasOptedOutOfEmail AS BOOLEAN), false) AS has_opted_out,
  CAST(CreatedDate AS TIMESTAMP) AS created_at,
  coalesce(CAST(IsConverted AS BOOLEAN), false) AS is_converted,
  CAST(ConvertedDate AS TIMESTAMP) AS converted_at,
  ConvertedContactId AS converted_contact_id,
  MasterRecordId AS master_record_id,
  coalesce(CAST(IsDeleted AS BOOLEAN), false) AS is_deleted
FROM salesforce.lead
