-- One row per e-mail address, however it is written.
-- @check unique(lead_id)
SELECT
  lower(trim(email)) AS lead_id,
  lower(trim(email)) AS email,
  min(created_at) AS created_at
FROM warehouse.lead
WHERE email LIKE '%_@_%'
GROUP BY lower(trim(email))
