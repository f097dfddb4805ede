-- One row per organization of Pipedrive.
SELECT CAST(id AS STRING) AS organization_id, name
FROM pipedrive.organization
