-- One row per merge: which leads went into which.
SELECT
  CAST(lead_id AS STRING) AS survivor_id,
  CAST(merge_ids AS STRING) AS merge_ids,
  CAST(activity_date AS TIMESTAMP) AS merged_at
FROM marketo.activity_merge_leads
