-- One row per pair of ids that Pardot says are one person's.
-- @check not_null(id, other_id)
SELECT
  concat('pardot:', prospect_id) AS id,
  -- Linked with itself as well: a prospect of whom nothing else is known is somebody, too.
  explode(array_compact(array(
    concat('pardot:', prospect_id),
    CASE WHEN email LIKE '%_@_%._%' THEN concat('email:', lower(trim(email))) END,
    concat('salesforce:', nullif(crm_contact_fid, '')),
    concat('salesforce:', nullif(crm_lead_fid, ''))
  ))) AS other_id,
  created_at AS seen_at
FROM stg_pardot_prospect
WHERE NOT is_deleted
