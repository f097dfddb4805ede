-- One row per contact of the CRM: those that were merged away are still among them.
-- @check unique(contact_id)
-- @check not_null(created_at)
SELECT
  id AS contact_id,
  property_email AS email,
  property_company AS company,
  property_jobtitle AS job_title,
  property_createdate AS created_at,
  property_hs_merged_object_ids AS merged_contact_ids,
  _fivetran_deleted AS is_deleted
FROM warehouse.contact
