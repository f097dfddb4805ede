-- One row per pair of ids that Pardot says are one person's.
-- @check not_null(id, other_id)
WITH kept AS (
  SELECT * FROM stg_pardot_prospect WHERE NOT is_deleted
)
SELECT concat('pardot:', prospect_id) AS id, concat('email:', lower(trim(email))) AS other_id, created_at AS seen_at
FROM kept
WHERE email LIKE '%_@_%._%'
UNION ALL
SELECT concat('pardot:', prospect_id), concat('salesforce:', crm_contact_fid), created_at
FROM kept
WHERE crm_contact_fid <> ''
UNION ALL
SELECT concat('pardot:', prospect_id), concat('salesforce:', crm_lead_fid), created_at
FROM kept
WHERE crm_lead_fid <> ''
UNION ALL
-- A prospect without an address is somebody, too.
SELECT concat('pardot:', prospect_id), concat('pardot:', prospect_id), created_at
FROM kept
