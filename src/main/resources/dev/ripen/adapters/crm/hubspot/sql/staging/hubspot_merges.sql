-- One row per contact and contact that was merged into it.
-- @check unique(survivor_id, absorbed_id)
WITH listed AS (
  SELECT
    contact_id AS survivor_id,
    -- The calculated property says when, too: 101:1617298367000.
    trim(split_part(entry, ':', 1)) AS absorbed_id
  FROM stg_hubspot_contact
  LATERAL VIEW explode(split(concat_ws(';', merged_object_ids, merged_vids), ';')) AS entry
)
SELECT DISTINCT survivor_id, absorbed_id
FROM listed
WHERE absorbed_id <> '' AND absorbed_id <> survivor_id
