-- One row per contact of HubSpot: merged and deleted contacts are still among them.
-- @check unique(contact_id)
-- @check not_null(contact_id)
SELECT
  CAST(id AS STRING) AS contact_id,
  property_email AS email,
  property_hs_additional_emails AS additional_emails,
  property_hs_merged_object_ids AS merged_object_ids,
  property_hs_calculated_merged_vids AS merged_vids,
  property_company AS company,
  property_jobtitle AS job_title,
  property_country AS country,
  property_industry AS industry,
  property_hs_analytics_source AS lead_source,
  property_lifecyclestage AS lifecycle_stage,
  CAST(property_hs_email_optout AS BOOLEAN) AS has_opted_out,
  CAST(property_createdate AS TIMESTAMP) AS created_at,
  coalesce(CAST(_fivetran_deleted AS BOOLEAN), false) AS is_deleted
FROM hubspot.contact
