-- score.sql in Spark's SQL: what Spark takes for it alone, without ripen.
WITH contact AS (SELECT * FROM parquet.`${data}/hubspot/contact`),
absorbed AS (
  SELECT id AS survivor_id, explode(CAST(split(property_hs_merged_object_ids, ';') AS ARRAY<BIGINT>)) AS absorbed_id
  FROM contact WHERE property_hs_merged_object_ids IS NOT NULL AND property_hs_merged_object_ids <> ''
),
survivors AS (
  SELECT absorbed_id AS contact_id, min(survivor_id) AS survivor_id
  FROM absorbed WHERE survivor_id NOT IN (SELECT absorbed_id FROM absorbed)
  GROUP BY absorbed_id
),
contacts AS (
  SELECT coalesce(s.survivor_id, c.id) AS person_id, s.survivor_id IS NULL AS is_survivor,
    CASE WHEN c.property_email RLIKE '^\\s*[^@\\s]+@[^@\\s]+\\.[^@\\s]+\\s*$' THEN lower(trim(c.property_email)) END AS address,
    lower(trim(c.property_hs_additional_emails)) AS other_addresses,
    c.property_createdate AS created_at, c._fivetran_deleted AS is_deleted
  FROM contact AS c LEFT JOIN survivors AS s ON s.contact_id = c.id
),
people AS (
  SELECT CAST(person_id AS STRING) AS lead_id, min(created_at) AS created_at,
    collect_list(address) FILTER (WHERE address IS NOT NULL) AS addresses,
    collect_list(other_addresses) FILTER (WHERE other_addresses IS NOT NULL) AS others,
    coalesce(bool_or(is_deleted) FILTER (WHERE is_survivor), true) AS is_deleted
  FROM contacts GROUP BY person_id
),
signed_up AS (SELECT * FROM parquet.`${data}/segment/signed_up`),
known_addresses AS (
  SELECT trim(a) AS address FROM contact LATERAL VIEW explode(split(lower(concat_ws(';', property_email, property_hs_additional_emails)), ';')) AS a
),
sign_ups AS (
  SELECT concat('user:', min(user_id)) AS lead_id, lower(trim(email)) AS email, min(timestamp) AS created_at
  FROM signed_up WHERE user_id IS NOT NULL AND email LIKE '%_@_%._%' GROUP BY lower(trim(email))
),
leads AS (
  SELECT lead_id, created_at,
    split(array_join(concat(coalesce(addresses, array()), coalesce(others, array())), ';'), ';') AS emails
  FROM people WHERE NOT is_deleted
  UNION ALL
  SELECT lead_id, created_at, array(email) FROM sign_ups
  WHERE email NOT IN (SELECT address FROM known_addresses WHERE address IS NOT NULL)
),
addresses AS (
  SELECT email, min(lead_id) AS lead_id
  FROM (SELECT lead_id, explode(emails) AS email FROM leads) GROUP BY email
),
identified AS (
  SELECT i.anonymous_id, i.user_id, a.lead_id, i.timestamp AS identified_at
  FROM parquet.`${data}/segment/identifies` AS i
  JOIN addresses AS a ON a.email = lower(trim(i.email))
),
identities AS (
  SELECT visitor_id, max_by(lead_id, struct(identified_at, lead_id)) AS lead_id
  FROM (
    SELECT user_id AS visitor_id, lead_id, identified_at FROM identified WHERE user_id IS NOT NULL
    UNION ALL
    SELECT anonymous_id, lead_id, identified_at FROM identified WHERE anonymous_id IS NOT NULL)
  GROUP BY visitor_id HAVING count(DISTINCT lead_id) <= 5
),
delivered AS (
  SELECT coalesce(user_id, anonymous_id) AS visitor_id,
    coalesce(id, md5(concat_ws('|', anonymous_id, user_id, path, CAST(timestamp AS STRING)))) AS event_id,
    timestamp AS occurred_at,
    CASE WHEN coalesce(path LIKE '/pricing%', false) THEN 'pricing-page' ELSE 'page-view' END AS rule
  FROM parquet.`${data}/segment/pages`
  WHERE NOT coalesce(regexp_like(context_user_agent, '(?i)bot|crawl|spider|headless|python-requests'), false)
  UNION ALL
  SELECT coalesce(user_id, anonymous_id), coalesce(id, md5(concat_ws('|', anonymous_id, user_id, CAST(timestamp AS STRING)))),
    timestamp, 'sign-up'
  FROM parquet.`${data}/segment/signed_up`
  UNION ALL
  SELECT coalesce(user_id, anonymous_id), coalesce(id, md5(concat_ws('|', anonymous_id, user_id, CAST(timestamp AS STRING)))),
    timestamp, 'demo-request'
  FROM parquet.`${data}/segment/demo_requested`
  UNION ALL
  SELECT coalesce(user_id, anonymous_id), coalesce(id, md5(concat_ws('|', anonymous_id, user_id, CAST(timestamp AS STRING)))),
    timestamp, 'webinar'
  FROM parquet.`${data}/segment/webinar_attended`
  UNION ALL
  SELECT coalesce(user_id, anonymous_id), coalesce(id, md5(concat_ws('|', anonymous_id, user_id, CAST(timestamp AS STRING)))),
    timestamp, 'e-book'
  FROM parquet.`${data}/segment/ebook_downloaded`
),
signals AS (
  SELECT visitor_id, rule, event_id, min(occurred_at) AS occurred_at
  FROM delivered
  WHERE visitor_id IS NOT NULL
    AND occurred_at >= TIMESTAMP '${from}' AND occurred_at <= TIMESTAMP '${as_of}'
  GROUP BY visitor_id, rule, event_id
),
limited AS (
  SELECT visitor_id, rule, event_id, occurred_at FROM (SELECT *, row_number() OVER (
    PARTITION BY visitor_id, rule, CAST(occurred_at AS DATE) ORDER BY occurred_at, event_id) AS n FROM signals) WHERE n <= 1000
),
-- An award keeps its value until a day is over at midnight: its age is one day less than the dates differ.
awards AS (
  SELECT i.lead_id, s.occurred_at, CAST(s.occurred_at AS DATE) AS day, s.rule IN ('page-view', 'pricing-page') AS is_web,
    CASE s.rule WHEN 'sign-up' THEN 25 WHEN 'demo-request' THEN 30 WHEN 'webinar' THEN 15
      WHEN 'e-book' THEN 10 WHEN 'page-view' THEN 5 ELSE 15 END AS points
  FROM limited AS s JOIN identities AS i ON i.visitor_id = s.visitor_id
  UNION ALL
  -- Nobody is an MQL before he is a lead: then the points of before count.
  SELECT lead_id, created_at, CAST(created_at AS DATE), false, 0 FROM leads WHERE created_at <= TIMESTAMP '${as_of}'
),
weighed AS (
  SELECT *, points * pow(2, (datediff(day, DATE '${first_day}') + 1) / 14.0) AS weight,
    pow(2, datediff(day, DATE '${first_day}') / 14.0) AS today
  FROM awards
),
running AS (
  SELECT lead_id, occurred_at,
    (coalesce(sum(IF(is_web, weight, CAST(NULL AS DOUBLE))) OVER past, 0) - coalesce(sum(IF(is_web, weight, CAST(NULL AS DOUBLE))) OVER since, 0)) / today
      + coalesce(sum(IF(is_web, points, CAST(NULL AS DOUBLE))) OVER since, 0) AS web,
    (coalesce(sum(IF(NOT is_web, weight, CAST(NULL AS DOUBLE))) OVER past, 0) - coalesce(sum(IF(NOT is_web, weight, CAST(NULL AS DOUBLE))) OVER since, 0)) / today
      + coalesce(sum(IF(NOT is_web, points, CAST(NULL AS DOUBLE))) OVER since, 0) AS other
  FROM weighed
  WINDOW past AS (PARTITION BY lead_id ORDER BY occurred_at RANGE UNBOUNDED PRECEDING),
    since AS (PARTITION BY lead_id, day ORDER BY occurred_at RANGE UNBOUNDED PRECEDING)
),
first_mql AS (
  SELECT r.lead_id, min(r.occurred_at) AS first_mql_at
  FROM running AS r JOIN leads AS l ON l.lead_id = r.lead_id
  WHERE least(40, r.web) + r.other >= 50 - 1e-7 AND r.occurred_at >= l.created_at
  GROUP BY r.lead_id
),
now AS (
  SELECT lead_id,
    sum(IF(day = CAST(TIMESTAMP '${as_of}' AS DATE), points, weight / then_now)) FILTER (WHERE is_web) AS web,
    sum(IF(day = CAST(TIMESTAMP '${as_of}' AS DATE), points, weight / then_now)) FILTER (WHERE NOT is_web) AS other
  FROM (SELECT *, pow(2, datediff(CAST(TIMESTAMP '${as_of}' AS DATE), DATE '${first_day}') / 14.0) AS then_now FROM weighed)
  GROUP BY lead_id
)
SELECT l.lead_id, least(40, coalesce(n.web, 0)) + coalesce(n.other, 0) AS score, f.first_mql_at
FROM leads AS l LEFT JOIN now AS n ON n.lead_id = l.lead_id LEFT JOIN first_mql AS f ON f.lead_id = l.lead_id
