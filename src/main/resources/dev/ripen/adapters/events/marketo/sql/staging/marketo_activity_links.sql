-- One row per observation of two ids that are one person's: a lead and its address, a lead and one that it took in.
SELECT
  concat('marketo:', lead_id) AS id,
  concat('email:', email) AS other_id,
  updated_at AS seen_at
FROM stg_marketo_known_lead
WHERE email LIKE '%_@_%._%'
UNION ALL
-- Activities keep the id of the lead that they happened to.
SELECT concat('marketo:', lead_id), concat('marketo:', merged_lead_id), merged_at
FROM stg_marketo_merged_lead
LATERAL VIEW explode(merged_lead_ids) AS merged_lead_id
WHERE lead_id IS NOT NULL
