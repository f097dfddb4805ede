-- One row per lead.
-- @check unique(lead_id)
SELECT
  lead_id,
  lower(trim(email)) AS email,
  created_at,
  company,
  setup_for_company,
  seniority,
  job_function,
  country_tier,
  is_key_account,
  is_competitor,
  initial_source,
  prospect_share_status,
  mql_counter
FROM warehouse.lead
