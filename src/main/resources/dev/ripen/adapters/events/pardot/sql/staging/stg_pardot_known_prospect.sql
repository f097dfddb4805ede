-- One row per prospect: deleted ones too, since what they did is still theirs.
SELECT
  id AS prospect_id,
  nullif(lower(trim(email)), '') AS email,
  nullif(trim(crm_lead_fid), '') AS crm_lead_id,
  nullif(trim(crm_contact_fid), '') AS crm_contact_id,
  updated_at
FROM pardot.known_prospect
