-- One row per observation of two ids that are one person's: prospects, their browsers, addresses and CRM records.
SELECT
  concat('pardot:', prospect_id) AS id,
  concat('device:pardot-', visitor_id) AS other_id,
  updated_at AS seen_at
FROM stg_pardot_visitor
WHERE prospect_id IS NOT NULL
UNION ALL
SELECT concat('pardot:', prospect_id), concat('email:', email), updated_at
FROM stg_pardot_known_prospect
WHERE email LIKE '%_@_%._%'
UNION ALL
SELECT concat('pardot:', prospect_id), concat('salesforce:', crm_lead_id), updated_at
FROM stg_pardot_known_prospect
WHERE crm_lead_id IS NOT NULL
UNION ALL
SELECT concat('pardot:', prospect_id), concat('salesforce:', crm_contact_id), updated_at
FROM stg_pardot_known_prospect
WHERE crm_contact_id IS NOT NULL
