-- One row per pair of ids that Salesforce says are one person's.
-- @check not_null(id, other_id)
WITH records AS (
  SELECT contact_id AS record_id, email, created_at, master_record_id, CAST(NULL AS STRING) AS contact_id, is_deleted
  FROM stg_salesforce_contact
  UNION ALL
  SELECT lead_id, email, created_at, master_record_id, converted_contact_id, is_deleted
  FROM stg_salesforce_lead
),
-- Who was deleted is nobody any more; who was merged away or converted goes on in another record.
kept AS (
  SELECT * FROM records WHERE NOT is_deleted OR master_record_id IS NOT NULL
)
SELECT concat('salesforce:', record_id) AS id, concat('email:', lower(trim(email))) AS other_id, created_at AS seen_at
FROM kept
WHERE email LIKE '%_@_%._%'
UNION ALL
SELECT concat('salesforce:', record_id), concat('salesforce:', master_record_id), CAST(NULL AS TIMESTAMP)
FROM kept
WHERE master_record_id IS NOT NULL
UNION ALL
SELECT concat('salesforce:', record_id), concat('salesforce:', contact_id), CAST(NULL AS TIMESTAMP)
FROM kept
WHERE contact_id IS NOT NULL
UNION ALL
-- A record without an address is somebody, too.
SELECT concat('salesforce:', record_id), concat('salesforce:', record_id), created_at
FROM kept
