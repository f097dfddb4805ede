-- One row per lead and lead that was merged into it.
-- @check unique(survivor_id, absorbed_id)
WITH listed AS (
  SELECT survivor_id, trim(absorbed_id) AS absorbed_id, merged_at
  FROM stg_marketo_merge
  -- The ids are a text such as [1286861, 1286862].
  LATERAL VIEW explode(split(translate(merge_ids, '[]"', ''), ',')) AS absorbed_id
)
SELECT survivor_id, absorbed_id, max(merged_at) AS merged_at
FROM listed
WHERE absorbed_id <> '' AND absorbed_id <> survivor_id
GROUP BY survivor_id, absorbed_id
