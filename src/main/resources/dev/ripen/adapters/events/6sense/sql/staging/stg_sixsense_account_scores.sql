-- One row per account, country, product and day.
SELECT
  nullif(lower(trim(company_domain)), '') AS company_domain,
  country,
  product,
  -- A day has no time: midnight UTC stands for it.
  CAST(scored_on AS TIMESTAMP) AS occurred_at,
  buying_stage,
  intent_score,
  profile_fit,
  coalesce(is_6qa, false) AS is_qualified_account,
  loaded_at
FROM sixsense.account_scores
