-- One row per person.
-- @check unique(lead_id)
SELECT lead_id, nullif(lower(trim(email)), '') AS email, created_at, crm_id
FROM stg_leads
