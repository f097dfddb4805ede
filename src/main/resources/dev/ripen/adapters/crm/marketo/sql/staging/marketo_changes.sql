-- One row per change of an attribute of a lead that is left; the value before is its first.
-- @check not_null(id, attribute, occurred_at)
WITH changes AS (
  SELECT
    leads.id,
    leads.created_at,
    CASE stg_marketo_change.field
      WHEN 'Job Title' THEN 'job_title'
      WHEN 'Lead Source' THEN 'lead_source'
      WHEN 'Person Source' THEN 'lead_source'
      WHEN 'Company Name' THEN 'company'
      WHEN 'Industry' THEN 'industry'
      WHEN 'Country' THEN 'country'
      WHEN 'Lead Status' THEN 'lifecycle_stage'
      WHEN 'Person Status' THEN 'lifecycle_stage'
      WHEN 'Unsubscribed' THEN 'has_opted_out'
      WHEN 'Lead Score' THEN 'marketo_score'
      WHEN 'Person Score' THEN 'marketo_score'
    END AS attribute,
    old_value,
    new_value,
    occurred_at
  FROM stg_marketo_change
  JOIN marketo_leads AS leads ON leads.id = concat('marketo:', stg_marketo_change.lead_id)
)
SELECT id, attribute, nullif(new_value, '') AS value, occurred_at
FROM changes
WHERE attribute IS NOT NULL
UNION ALL
SELECT id, attribute, nullif(min_by(old_value, occurred_at), ''), min(created_at)
FROM changes
WHERE attribute IS NOT NULL
GROUP BY id, attribute
