-- One row per visitor_id.
SELECT visitor_id, lead_id FROM files.identities
