-- One row per status change: what sales and the CRM did with a lead.
-- @check not_null(lead_id, status, occurred_at)
-- @check rows where status NOT IN ('accepted', 'recycled', 'disqualified', 'opportunity', 'customer') is empty warn
WITH changes AS (
  SELECT
    CAST(contact_id AS STRING) AS contact_id,
    CASE
      WHEN property = 'hs_lead_status' AND value IN ('IN_PROGRESS', 'CONNECTED') THEN 'accepted'
      WHEN property = 'hs_lead_status' AND value = 'BAD_TIMING' THEN 'recycled'
      WHEN property = 'hs_lead_status' AND value = 'UNQUALIFIED' THEN 'disqualified'
      WHEN property = 'lifecyclestage' AND value IN ('opportunity', 'customer') THEN value
    END AS status,
    occurred_at,
    CASE WHEN value IN ('BAD_TIMING', 'UNQUALIFIED') THEN value END AS reason
  FROM stg_contact_history
),
-- What happened to a contact that was merged away happened to the person.
contacts AS (
  SELECT lead_id, explode(split(hubspot_ids, ';')) AS contact_id
  FROM leads
)
SELECT
  contacts.lead_id,
  changes.status,
  changes.occurred_at,
  changes.reason,
  CASE WHEN changes.status = 'customer' THEN CAST(deals.deal_amount AS DECIMAL(18, 2)) END AS amount
FROM changes
JOIN contacts ON contacts.contact_id = changes.contact_id
LEFT JOIN stg_contacts AS deals ON CAST(deals.contact_id AS STRING) = changes.contact_id
WHERE changes.status IS NOT NULL
