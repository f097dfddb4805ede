-- One row per opportunity and contact with a role in it.
SELECT OpportunityId AS opportunity_id, ContactId AS contact_id
FROM salesforce.opportunity_contact_role
WHERE NOT coalesce(CAST(IsDeleted AS BOOLEAN), false)
