-- One row per contact of Salesforce: merged and deleted ones are among them.
-- @check unique(contact_id)
SELECT
  Id AS contact_id,
  AccountId AS account_id,
  Email AS email,
  Title AS job_title,
  MailingCountry AS country,
  LeadSource AS lead_source,
  coalesce(CAST(HasOptedOutOfEmail AS BOOLEAN), false) AS has_opted_out,
  CAST(CreatedDate AS TIMESTAMP) AS created_at,
  MasterRecordId AS master_record_id,
  coalesce(CAST(IsDeleted AS BOOLEAN), false) AS is_deleted
FROM salesforce.contact
