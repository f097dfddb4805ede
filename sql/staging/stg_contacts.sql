-- One row per contact of the CRM: merged and deleted contacts are still among them.
-- @check unique(contact_id)
-- @check not_null(created_at)
SELECT
  id AS contact_id,
  property_email AS email,
  property_hs_additional_emails AS additional_emails,
  property_hs_merged_object_ids AS merged_contact_ids,
  property_company AS company,
  property_jobtitle AS job_title,
  property_country AS country,
  property_lead_source AS lead_source,
  property_lifecyclestage AS lifecycle_stage,
  property_createdate AS created_at,
  property_recent_deal_amount AS deal_amount,
  _fivetran_deleted AS is_deleted
FROM warehouse.contact
