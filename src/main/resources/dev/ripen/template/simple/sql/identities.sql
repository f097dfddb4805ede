-- One row per visitor_id: here the address that an event names, which is the lead's.
-- @check unique(visitor_id)
SELECT lead_id AS visitor_id, lead_id
FROM leads
