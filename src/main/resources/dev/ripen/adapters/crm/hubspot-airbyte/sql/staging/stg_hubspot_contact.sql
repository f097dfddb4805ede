-- One row per contact of HubSpot: merged and archived contacts may be among them.
-- @check unique(contact_id)
-- @check not_null(contact_id)
SELECT
  CAST(id AS STRING) AS contact_id,
  properties_email AS email,
  properties_hs_additional_emails AS additional_emails,
  properties_hs_merged_object_ids AS merged_object_ids,
  properties_hs_calculated_merged_vids AS merged_vids,
  properties_company AS company,
  properties_jobtitle AS job_title,
  properties_country AS country,
  properties_industry AS industry,
  properties_hs_analytics_source AS lead_source,
  properties_lifecyclestage AS lifecycle_stage,
  try_cast(properties_hs_email_optout AS BOOLEAN) AS has_opted_out,
  CAST(createdAt AS TIMESTAMP) AS created_at,
  coalesce(CAST(archived AS BOOLEAN), false) AS is_deleted
FROM hubspot.contact
