-- One row per lead of the file.
SELECT lead_id, email, try_cast(created_at AS TIMESTAMP) AS created_at, title
FROM files.leads
