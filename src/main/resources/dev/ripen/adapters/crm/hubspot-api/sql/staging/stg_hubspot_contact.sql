-- One row per contact of HubSpot: merged and deleted contacts are still among them.
-- @check unique(contact_id)
-- @check not_null(contact_id)
SELECT
  contacts.id AS contact_id,
  contacts.email,
  contacts.hs_additional_emails AS additional_emails,
  contacts.hs_merged_object_ids AS merged_object_ids,
  contacts.hs_calculated_merged_vids AS merged_vids,
  -- What a contact does not say its company may.
  coalesce(companies.name, contacts.company) AS company,
  contacts.jobtitle AS job_title,
  coalesce(contacts.country, companies.country) AS country,
  coalesce(contacts.industry, companies.industry) AS industry,
  contacts.hs_analytics_source AS lead_source,
  contacts.lifecyclestage AS lifecycle_stage,
  try_cast(contacts.hs_email_optout AS BOOLEAN) AS has_opted_out,
  contacts.created_at,
  contacts.is_archived AS is_deleted
FROM hubspot.contacts AS contacts
LEFT JOIN stg_hubspot_company AS companies ON companies.company_id = contacts.associatedcompanyid
