-- One row per event in a table of the export: the day's table repeats what the intraday table had.
SELECT
  event_name,
  -- Microseconds since 1970, UTC; event_date is in the property's own time zone.
  timestamp_micros(event_timestamp) AS occurred_at,
  nullif(trim(user_id), '') AS user_id,
  nullif(user_pseudo_id, '') AS user_pseudo_id,
  event_bundle_sequence_id AS bundle_sequence_id,
  batch_page_id,
  batch_ordering_id,
  batch_event_index,
  get(filter(event_params, param -> param.key = 'page_location'), 0).value.string_value AS page_location,
  get(filter(event_params, param -> param.key = 'page_title'), 0).value.string_value AS page_title,
  get(filter(event_params, param -> param.key = 'form_name'), 0).value.string_value AS form_name,
  get(filter(event_params, param -> param.key = 'file_name'), 0).value.string_value AS file_name,
  get(filter(event_params, param -> param.key = 'campaign'), 0).value.string_value AS campaign,
  get(filter(event_params, param -> param.key = 'traffic_type'), 0).value.string_value AS traffic_type,
  collected_traffic_source.manual_campaign_name AS manual_campaign_name,
  event_value_in_usd
FROM ga4.events
