-- One row per visitor_id: events name the lead.
SELECT lead_id AS visitor_id, lead_id
FROM leads
