-- One row per visitor_id: the source names the lead already.
-- @check unique(visitor_id)
SELECT lead_id AS visitor_id, lead_id
FROM leads
