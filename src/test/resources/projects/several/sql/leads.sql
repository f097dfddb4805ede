-- One row per person.
-- @check unique(lead_id)
SELECT lead_id, nullif(lower(trim(email)), '') AS email, created_at, crm_id, account_id, country, plan, is_customer
FROM stg_leads
