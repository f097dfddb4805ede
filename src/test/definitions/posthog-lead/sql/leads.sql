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
  is_icp_country,
  mrr,
  forecast_increase,
  users,
  paying_months,
  credits_used,
  last_invoice
FROM warehouse.lead
