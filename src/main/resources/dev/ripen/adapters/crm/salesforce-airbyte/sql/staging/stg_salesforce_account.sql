-- One row per account of Salesforce.
SELECT Id AS account_id, Name AS name, Industry AS industry, BillingCountry AS country
FROM salesforce.account
