-- One row per lead that is left.
SELECT
  id AS lead_id,
  nullif(lower(trim(email)), '') AS email,
  updated_at
FROM marketo.known_lead
