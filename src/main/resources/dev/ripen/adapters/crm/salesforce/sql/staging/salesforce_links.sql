-- One row per pair of ids that Salesforce says are one person's.
-- @check not_null(id, other_id)
WITH records AS (
  SELECT contact_id AS record_id, email, created_at, master_record_id, CAST(NULL AS STRING) AS contact_id, is_deleted
  FROM stg_salesforce_contact
  UNION ALL
  SELECT lead_id, email, created_at, master_record_id, converted_contact_id, is_deleted
  FROM stg_salesforce_lead
)
SELECT
  concat('salesforce:', record_id) AS id,
  -- Linked with itself as well: a record of whom nothing else is known is somebody, too.
  explode(array_compact(array(
    concat('salesforce:', record_id),
    CASE WHEN email LIKE '%_@_%._%' THEN concat('email:', lower(trim(email))) END,
    concat('salesforce:', master_record_id),
    concat('salesforce:', contact_id)
  ))) AS other_id,
  created_at AS seen_at
FROM records
-- Who was deleted is nobody any more; who was merged away goes on in another record.
WHERE NOT is_deleted OR master_record_id IS NOT NULL
