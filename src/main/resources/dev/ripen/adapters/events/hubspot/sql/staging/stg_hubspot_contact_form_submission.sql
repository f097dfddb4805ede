-- One row per submission of a form.
SELECT
  contact_id,
  conversion_id,
  title,
  page_url,
  timestamp AS occurred_at,
  _fivetran_synced AS loaded_at
FROM hubspot.contact_form_submission
