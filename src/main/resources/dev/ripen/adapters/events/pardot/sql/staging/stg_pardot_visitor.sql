-- One row per browser; with a prospect from when it is identified.
SELECT id AS visitor_id, prospect_id, updated_at
FROM pardot.visitor
