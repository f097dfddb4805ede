-- One row per contact with an address: forms and visits know the contact, e-mails the address.
SELECT
  concat('hubspot:', contact_id) AS id,
  concat('email:', email) AS other_id,
  created_at AS seen_at
FROM stg_hubspot_known_contact
WHERE NOT is_deleted AND email LIKE '%_@_%._%'
