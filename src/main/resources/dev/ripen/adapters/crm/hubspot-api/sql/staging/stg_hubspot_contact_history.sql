-- One row per change of a contact's property.
SELECT id AS contact_id, change.property, change.value, change.occurred_at
FROM hubspot.contacts
LATERAL VIEW explode(history) AS change
