-- One row per contact: merged and deleted contacts are still among them.
SELECT
  id AS contact_id,
  nullif(lower(trim(property_email)), '') AS email,
  property_createdate AS created_at,
  coalesce(_fivetran_deleted, false) AS is_deleted
FROM hubspot.known_contact
