-- One row per pair of ids that Marketo says are one person's.
-- @check not_null(id, other_id)
WITH kept AS (
  -- Who was deleted is nobody any more; who was merged away goes on in another lead.
  SELECT lead_id, email, sfdc_contact_id, sfdc_lead_id, created_at
  FROM stg_marketo_lead
  WHERE
    lead_id IN (SELECT absorbed_id FROM marketo_merges)
    OR lead_id NOT IN (SELECT lead_id FROM stg_marketo_deletion)
)
SELECT concat('marketo:', lead_id) AS id, concat('email:', lower(trim(email))) AS other_id, created_at AS seen_at
FROM kept
WHERE email LIKE '%_@_%._%'
UNION ALL
SELECT concat('marketo:', lead_id), concat('salesforce:', sfdc_contact_id), created_at
FROM kept
WHERE sfdc_contact_id <> ''
UNION ALL
SELECT concat('marketo:', lead_id), concat('salesforce:', sfdc_lead_id), created_at
FROM kept
WHERE sfdc_lead_id <> ''
UNION ALL
SELECT concat('marketo:', survivor_id), concat('marketo:', absorbed_id), merged_at
FROM marketo_merges
UNION ALL
-- A lead without an address is somebody, too.
SELECT concat('marketo:', lead_id), concat('marketo:', lead_id), created_at
FROM kept
