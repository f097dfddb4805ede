-- One row per deal that was merged into another.
SELECT trim(deal_id) AS deal_id
FROM hubspot.deal
LATERAL VIEW explode(split(properties_hs_merged_object_ids, ';')) AS deal_id
