-- One row per call.
SELECT
  id AS call_id,
  nullif(person_id, '') AS person_id,
  -- Digits with a plus. Withheld numbers arrive as words, or as those words on a telephone's keys.
  CASE
    WHEN customer_phone_number RLIKE '^[+][0-9]{7,15}$'
      AND customer_phone_number NOT IN ('+266696687', '+7378742833', '+2562533', '+8566696', '+86282452253')
      THEN customer_phone_number
  END AS phone,
  direction,
  coalesce(answered, false) AS is_answered,
  coalesce(voicemail, false) AS is_voicemail,
  coalesce(first_call, false) AS is_first_call,
  coalesce(duration, 0) AS duration_seconds,
  start_time AS occurred_at,
  lead_status,
  coalesce(spam, false) AS is_spam,
  campaign,
  landing_page_url,
  try_cast(value AS DECIMAL(18, 2)) AS amount,
  _fivetran_synced AS loaded_at
FROM callrail.call
