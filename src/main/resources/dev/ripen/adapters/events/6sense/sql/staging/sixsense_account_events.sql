-- One row per account, country, product and day that 6sense sees interest.
-- @check not_null(event_id, account_id, occurred_at)
SELECT
  -- The same domain stands in several countries, and in each product's model.
  concat_ws(
    '|', concat('6sense:', company_domain), coalesce(country, ''), coalesce(product, ''), CAST(CAST(occurred_at AS DATE) AS STRING)
  ) AS event_id,
  registrable_domain(company_domain) AS account_id,
  occurred_at,
  CASE WHEN is_qualified_account THEN 'account_qualified' ELSE 'account_intent' END AS event_type,
  buying_stage AS name,
  CAST(NULL AS DECIMAL(18, 2)) AS amount,
  product,
  country,
  intent_score,
  profile_fit,
  loaded_at
FROM stg_sixsense_account_scores
WHERE
  registrable_domain(company_domain) IS NOT NULL
  AND (is_qualified_account OR buying_stage IN ('Consideration', 'Decision', 'Purchase'))
