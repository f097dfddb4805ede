-- One row per change of a lead's field.
SELECT
  CAST(id AS STRING) AS activity_id,
  CAST(lead_id AS STRING) AS lead_id,
  primary_attribute_value AS field,
  old_value,
  new_value,
  CAST(activity_date AS TIMESTAMP) AS occurred_at
FROM marketo.activity_change_data_value
