-- One row per delivery of an identify call; the site gives Segment the contact's id as user_id.
SELECT anonymous_id, user_id AS contact_id, timestamp AS identified_at
FROM warehouse.identifies
