-- One row per lead of the file.
SELECT lead_id, email, try_cast(created_at AS TIMESTAMP) AS created_at, crm_id, account_id, country, plan,
  coalesce(try_cast(is_customer AS BOOLEAN), false) AS is_customer
FROM files.leads
