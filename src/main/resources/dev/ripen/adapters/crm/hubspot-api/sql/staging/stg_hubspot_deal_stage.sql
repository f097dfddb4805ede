-- One row per stage that a deal has entered.
SELECT id AS deal_id, change.value AS stage_id, change.occurred_at AS entered_at
FROM hubspot.deals
LATERAL VIEW explode(history) AS change
WHERE change.property = 'dealstage'
