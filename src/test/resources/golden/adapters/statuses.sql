-- One row per status change: what sales and the CRM did with a person.
-- @check not_null(lead_id, status, occurred_at)
-- @check rows where status NOT IN ('accepted', 'recycled', 'disqualified', 'opportunity', 'customer') is empty warn
WITH changes AS (
  SELECT id, status, occurred_at, reason, amount
  FROM salesforce_statuses
  UNION ALL
  SELECT id, status, occurred_at, reason, amount
  FROM marketo_statuses
)
SELECT
  leads.lead_id,
  changes.status,
  changes.occurred_at,
  changes.reason,
  changes.amount
FROM changes
LEFT JOIN people ON people.id = changes.id
JOIN leads ON leads.lead_id = coalesce(people.person_id, changes.id)
