-- One row per lead.
-- @check unique(lead_id)
SELECT
  lead_id,
  lower(trim(email)) AS email,
  created_at,
  employees,
  revenue,
  role,
  is_technical,
  company_type,
  founded_year,
  country
FROM warehouse.lead
