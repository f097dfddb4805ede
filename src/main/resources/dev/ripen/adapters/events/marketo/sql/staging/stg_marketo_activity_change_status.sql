-- One row per change of somebody's status in a program: registered, attended …
SELECT
  id AS activity_id,
  lead_id,
  activity_date AS occurred_at,
  primary_attribute_value AS program_name,
  new_status,
  _fivetran_synced AS loaded_at
FROM marketo.activity_change_status
