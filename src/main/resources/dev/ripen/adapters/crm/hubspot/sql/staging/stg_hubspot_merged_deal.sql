-- One row per deal that was merged into another.
SELECT CAST(merged_deal_id AS STRING) AS deal_id
FROM hubspot.merged_deal
