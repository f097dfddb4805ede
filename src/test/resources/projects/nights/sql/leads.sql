-- One row per person.
SELECT lead_id, email, created_at, title FROM stg_leads
