-- One row per opportunity and prospect in it.
SELECT CAST(opportunity_id AS STRING) AS opportunity_id, CAST(prospect_id AS STRING) AS prospect_id
FROM pardot.opportunity_prospect
