-- One row per opportunity and contact with a role in it.
SELECT opportunity_id, contact_id
FROM salesforce.opportunity_contact_role
WHERE NOT coalesce(CAST(is_deleted AS BOOLEAN), false)
