-- One row per change of an attribute of a lead.
SELECT lead_id, attribute, value, occurred_at
FROM warehouse.lead_history
