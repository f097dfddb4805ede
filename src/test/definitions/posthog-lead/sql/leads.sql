-- One row per lead.
-- @check unique(lead_id)
SELECT
  lead_id,
  lower(trim(email)) AS email,
  created_at,
  employees,
  revenue,
  role,
  sub_role,
  country,
  account_employees,
  mrr,
  users,
  paying_months
FROM warehouse.lead
