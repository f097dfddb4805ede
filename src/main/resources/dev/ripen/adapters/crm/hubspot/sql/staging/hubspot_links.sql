-- One row per pair of ids that HubSpot says are one person's.
-- @check not_null(id, other_id)
WITH kept AS (
  -- Who was deleted is nobody any more; who was merged away goes on in another contact.
  SELECT contact_id, email, additional_emails, created_at
  FROM stg_hubspot_contact
  WHERE NOT is_deleted OR contact_id IN (SELECT absorbed_id FROM hubspot_merges)
),
addresses AS (
  SELECT contact_id, lower(trim(address)) AS address, created_at
  FROM kept
  LATERAL VIEW explode(split(concat_ws(';', email, additional_emails), ';')) AS address
)
SELECT concat('hubspot:', contact_id) AS id, concat('email:', address) AS other_id, created_at AS seen_at
FROM addresses
WHERE address LIKE '%_@_%._%'
UNION ALL
SELECT concat('hubspot:', survivor_id), concat('hubspot:', absorbed_id), CAST(NULL AS TIMESTAMP)
FROM hubspot_merges
UNION ALL
-- A contact without an address is somebody, too.
SELECT concat('hubspot:', contact_id), concat('hubspot:', contact_id), created_at
FROM kept
