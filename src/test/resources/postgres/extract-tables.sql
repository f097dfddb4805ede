-- A HubSpot contact as the extract has it, and the tables that Segment would land beside it.
CREATE SCHEMA hubspot;
CREATE SCHEMA segment;
CREATE TABLE hubspot.contact (
  _fivetran_deleted boolean, _fivetran_synced timestamp, property_email text, id bigint PRIMARY KEY,
  property_company text, property_firstname text, property_lastname text, property_email_1 text,
  property_createdate timestamp, property_jobtitle text, property_annualrevenue numeric,
  property_hs_merged_object_ids text, property_created_at timestamp,
  property_first_conversion_date timestamp);
CREATE TABLE segment.identifies (
  id text, anonymous_id text, user_id text, received_at timestamptz, timestamp timestamptz);
CREATE TABLE segment.pages (
  id text, anonymous_id text, user_id text, received_at timestamptz, timestamp timestamptz,
  url text, path text, title text);
CREATE TABLE segment.signed_up (
  id text, anonymous_id text, user_id text, received_at timestamptz, timestamp timestamptz, event text);
CREATE TABLE segment.unsubscribed (LIKE segment.signed_up);
