-- One row per account of Salesforce.
SELECT id AS account_id, name, industry, billing_country AS country
FROM salesforce.account
