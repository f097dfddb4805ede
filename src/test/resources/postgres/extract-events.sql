-- What some of the extract's people did. The session's zone is far from UTC: it must change nothing.
SET TIME ZONE 'America/New_York';
INSERT INTO segment.identifies (id, anonymous_id, user_id, timestamp) VALUES
  ('i1', 'browser-1', '78971951', '2021-03-22 14:04:00+00');
INSERT INTO segment.signed_up (id, user_id, timestamp, event) VALUES
  ('s1', '46897301', '2021-03-22 14:02:00+00', 'signed_up'),
  ('s2', '74075201', '2021-04-04 12:00:00+00', 'signed_up'),
  ('s2', '74075201', '2021-04-04 12:00:00+00', 'signed_up');
INSERT INTO segment.unsubscribed (id, user_id, timestamp, event) VALUES
  ('u1', '74075201', '2021-04-05 08:00:00+00', 'unsubscribed');
INSERT INTO segment.pages (id, anonymous_id, user_id, timestamp, path) VALUES
  ('p1', 'browser-1', NULL, '2021-03-22 14:05:00+00', '/product'),
  ('p2', NULL, '78971951', '2021-04-05 09:31:00+00', '/pricing'),
  ('p3', NULL, '76340251', '2021-04-05 09:33:00+00', '/docs'),
  ('p4', NULL, '36842001', '2021-04-01 10:00:00+00', '/pricing'),
  ('p5', NULL, '36842001', '2021-04-03 10:00:00+00', '/pricing/teams'),
  ('p6', NULL, '36842001', '2021-04-05 11:00:00+00', '/'),
  ('p7', 'browser-nobody', NULL, '2021-04-05 11:00:00+00', '/pricing'),
  ('p8', NULL, '48722101', '2021-04-05 18:00:00+00', '/pricing');
INSERT INTO segment.pages (id, user_id, timestamp, path)
  SELECT 'r' || n, '55703851', timestamptz '2021-04-04 08:00:00+00' + n * interval '1 minute', '/blog'
  FROM generate_series(1, 10) AS n;
