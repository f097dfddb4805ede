-- One row per contact of the CRM.
SELECT lead_id, lead_id AS record_id, email, is_mql AS mql FROM scores
