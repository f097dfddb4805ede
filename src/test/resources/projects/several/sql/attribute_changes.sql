-- One row per change of an attribute.
SELECT lead_id, attribute, value, try_cast(occurred_at AS TIMESTAMP) AS occurred_at
FROM files.attribute_changes
