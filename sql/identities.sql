-- One row per visitor_id: a browser or a user of the product, and the lead it belongs to.
-- @check unique(visitor_id)
-- @check not_null(visitor_id, lead_id)
WITH addresses AS (
  SELECT email, min(lead_id) AS lead_id
  FROM (SELECT lead_id, explode(split(emails, ';')) AS email FROM leads) AS every_address
  GROUP BY email
),
identified AS (
  SELECT explode(array(user_id, anonymous_id)) AS visitor_id, lead_id, identified_at
  FROM stg_identifies
  JOIN addresses ON addresses.email = lower(trim(stg_identifies.email))
  WHERE stg_identifies.email IS NOT NULL
),
visitors AS (
  SELECT visitor_id, lead_id, max(identified_at) AS identified_at
  FROM identified
  WHERE visitor_id IS NOT NULL
  GROUP BY visitor_id, lead_id
)
SELECT
  visitor_id,
  -- Colleagues share a browser: whoever identified himself last has it.
  max_by(lead_id, struct(identified_at, lead_id)) AS lead_id
FROM visitors
GROUP BY visitor_id
-- More people than that, and it is the tablet at the trade-fair stand: it is nobody's.
HAVING count(*) <= 5
