-- One row per deletion of a lead.
SELECT CAST(lead_id AS STRING) AS lead_id, CAST(activity_date AS TIMESTAMP) AS deleted_at
FROM marketo.activity_delete_lead
