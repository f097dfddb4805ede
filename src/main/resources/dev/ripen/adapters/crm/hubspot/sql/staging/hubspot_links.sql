-- One row per pair of ids that HubSpot says are one person's.
-- @check not_null(id, other_id)
WITH contacts AS (
  SELECT
    concat('hubspot:', contact_id) AS id,
    transform(split(concat_ws(';', email, additional_emails), ';'), address -> lower(trim(address))) AS addresses,
    created_at
  FROM stg_hubspot_contact
  -- Who was deleted is nobody any more; who was merged away goes on in another contact.
  WHERE NOT is_deleted OR contact_id IN (SELECT absorbed_id FROM hubspot_merges)
)
SELECT
  id,
  -- Linked with itself as well: a contact without an address is somebody, too.
  explode(concat(
    array(id),
    transform(filter(addresses, address -> address LIKE '%_@_%._%'), address -> concat('email:', address))
  )) AS other_id,
  created_at AS seen_at
FROM contacts
UNION ALL
SELECT concat('hubspot:', survivor_id), concat('hubspot:', absorbed_id), CAST(NULL AS TIMESTAMP)
FROM hubspot_merges
