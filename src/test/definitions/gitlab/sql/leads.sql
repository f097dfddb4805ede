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
  is_competitor,
  mql_counter,
  region,
  segment,
  is_education,
  has_account,
  is_trial_member,
  intent_grade,
  intent_profile,
  duo_features,
  is_manager,
  is_upper_management,
  ptp_score,
  product_stages
FROM warehouse.lead
