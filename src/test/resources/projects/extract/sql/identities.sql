-- One row per visitor_id: a contact's id, or a browser that was identified as one.
-- @check unique(visitor_id)
-- @check not_null(visitor_id, lead_id)
WITH contacts AS (
  SELECT lead_id, explode(split(contact_ids, ';')) AS contact_id
  FROM leads
),
visitors AS (
  SELECT contact_id AS visitor_id, lead_id, CAST(NULL AS TIMESTAMP) AS identified_at FROM contacts
  UNION ALL
  SELECT i.anonymous_id, contacts.lead_id, i.identified_at
  FROM stg_identifies AS i
  JOIN contacts ON contacts.contact_id = i.contact_id
  WHERE i.anonymous_id IS NOT NULL
)
SELECT visitor_id, max_by(lead_id, struct(identified_at, lead_id)) AS lead_id
FROM visitors
GROUP BY visitor_id
