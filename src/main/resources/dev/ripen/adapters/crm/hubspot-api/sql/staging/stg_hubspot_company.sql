-- One row per company of HubSpot that is left.
-- @check unique(company_id)
SELECT
  id AS company_id,
  nullif(name, '') AS name,
  nullif(industry, '') AS industry,
  nullif(country, '') AS country
FROM hubspot.companies
WHERE NOT is_archived
