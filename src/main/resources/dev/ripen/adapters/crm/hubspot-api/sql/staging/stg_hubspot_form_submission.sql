-- One row per submission of a form.
-- @check unique(submission_id)
SELECT
  id AS submission_id,
  form_name AS title,
  page_url,
  nullif(lower(trim(email)), '') AS email,
  submitted_at AS occurred_at,
  loaded_at
FROM hubspot.form_submissions
