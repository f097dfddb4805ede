-- One row per lead.
-- @check unique(lead_id)
SELECT
  lead_id,
  lower(trim(email)) AS email,
  created_at,
  employees,
  job_level,
  is_competitor
FROM warehouse.lead
