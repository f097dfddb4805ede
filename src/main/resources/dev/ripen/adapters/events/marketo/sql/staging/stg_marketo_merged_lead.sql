-- One row per merge: the lead that is left, and those that it took in.
SELECT
  lead_id,
  -- Text such as [1286861] or [60935, 60856]; some merges do not say whom.
  from_json(merge_ids, 'ARRAY<STRING>') AS merged_lead_ids,
  activity_date AS merged_at
FROM marketo.merged_lead
