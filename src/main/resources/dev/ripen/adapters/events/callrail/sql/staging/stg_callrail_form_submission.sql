-- One row per submission of a form that CallRail watches.
SELECT
  id AS form_submission_id,
  nullif(person_id, '') AS person_id,
  nullif(lower(trim(customer_email)), '') AS email,
  CASE WHEN customer_phone_number RLIKE '^[+][0-9]{7,15}$' THEN customer_phone_number END AS phone,
  form_url,
  campaign,
  submitted_at AS occurred_at,
  _fivetran_synced AS loaded_at
FROM callrail.form_submission
