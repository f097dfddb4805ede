-- One row per address: the funnel counts distinct lower(email).
-- @check unique(lead_id)
SELECT
  lower(trim(email)) AS lead_id,
  lower(trim(email)) AS email,
  min(created_at) AS created_at,
  min_by(account_id, created_at) AS account_id,
  bool_or(instance_is_active) AS instance_is_active,
  max(employees) AS employees,
  min_by(segment, created_at) AS segment,
  min_by(country, created_at) AS country,
  bool_or(is_education) AS is_education
FROM warehouse.lead
WHERE email LIKE '%_@_%'
GROUP BY lower(trim(email))
