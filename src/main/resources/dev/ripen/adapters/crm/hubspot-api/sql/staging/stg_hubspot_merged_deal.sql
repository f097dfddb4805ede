-- One row per deal that was merged into another.
SELECT trim(deal_id) AS deal_id
FROM hubspot.deals
LATERAL VIEW explode(split(hs_merged_object_ids, ';')) AS deal_id
