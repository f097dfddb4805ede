-- One row per pair of ids that Marketo says are one person's.
-- @check not_null(id, other_id)
WITH gone AS (
  -- Who was deleted is nobody any more; who was merged away goes on in another lead.
  SELECT deletions.lead_id
  FROM stg_marketo_deletion AS deletions
  LEFT ANTI JOIN marketo_merges ON marketo_merges.absorbed_id = deletions.lead_id
),
kept AS (
  SELECT leads.lead_id, leads.email, leads.sfdc_contact_id, leads.sfdc_lead_id, leads.created_at
  FROM stg_marketo_lead AS leads
  LEFT ANTI JOIN gone ON gone.lead_id = leads.lead_id
)
SELECT
  concat('marketo:', lead_id) AS id,
  -- Linked with itself as well: a lead of whom nothing else is known is somebody, too.
  explode(array_compact(array(
    concat('marketo:', lead_id),
    CASE WHEN email LIKE '%_@_%._%' THEN concat('email:', lower(trim(email))) END,
    concat('salesforce:', nullif(sfdc_contact_id, '')),
    concat('salesforce:', nullif(sfdc_lead_id, ''))
  ))) AS other_id,
  created_at AS seen_at
FROM kept
UNION ALL
SELECT concat('marketo:', survivor_id), concat('marketo:', absorbed_id), merged_at
FROM marketo_merges
