-- One row per row of atomic.events: a retry of the tracker or of the pipeline repeats an event.
SELECT
  event_id,
  event,
  event_name,
  nullif(trim(user_id), '') AS user_id,
  nullif(domain_userid, '') AS domain_userid,
  -- Anonymous tracking sends zeros.
  nullif(nullif(network_userid, ''), '00000000-0000-0000-0000-000000000000') AS network_userid,
  -- UTC, corrected by the offset of the device's clock. The column itself, so that a day reaches the warehouse.
  derived_tstamp AS occurred_at,
  page_url,
  page_urlpath,
  page_title,
  mkt_campaign,
  se_category,
  se_action,
  tr_total_base,
  useragent AS user_agent,
  load_tstamp AS loaded_at
FROM snowplow.events
