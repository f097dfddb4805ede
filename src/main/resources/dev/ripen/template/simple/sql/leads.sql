-- One row per e-mail address: the CRM's leads, the same address as one person.
-- @check unique(lead_id)
-- @check not_null(lead_id, created_at)
SELECT
  lower(trim(email)) AS lead_id,
  lower(trim(email)) AS email,
  min(created_at) AS created_at,
  min_by(lead_source, created_at) AS lead_source
FROM warehouse.lead
WHERE email LIKE '%_@_%._%'
GROUP BY lower(trim(email))
