package dev.ripen.sample;

import java.util.Arrays;
import java.util.Locale;

/** The tables of the sample warehouse, with the columns in the order in which rows are appended. */
enum Table {
  CONTACT(
      "hubspot",
      "id",
      "id BIGINT, property_email VARCHAR, property_firstname VARCHAR, property_lastname VARCHAR,"
          + " property_company VARCHAR, property_jobtitle VARCHAR, property_country VARCHAR,"
          + " property_createdate TIMESTAMP, property_lead_source VARCHAR,"
          + " property_lifecyclestage VARCHAR, property_hs_lead_status VARCHAR,"
          + " property_recent_deal_amount DOUBLE, property_hs_merged_object_ids VARCHAR,"
          + " property_hs_additional_emails VARCHAR, _fivetran_deleted BOOLEAN,"
          + " _fivetran_synced TIMESTAMP"),
  CONTACT_PROPERTY_HISTORY(
      "hubspot",
      "contact_id, name, timestamp",
      "contact_id BIGINT, name VARCHAR, value VARCHAR, timestamp TIMESTAMP, source VARCHAR,"
          + " source_id VARCHAR, _fivetran_synced TIMESTAMP"),
  CONTACT_MERGE_AUDIT(
      "hubspot",
      "contact_id, vid_to_merge",
      "contact_id BIGINT, canonical_vid BIGINT, vid_to_merge BIGINT, timestamp TIMESTAMP,"
          + " _fivetran_synced TIMESTAMP"),
  IDENTIFIES("segment", Table.BY_TIME, Table.TRACKED + ", email VARCHAR"),
  PAGES(
      "segment",
      Table.BY_TIME,
      Table.TRACKED
          + ", path VARCHAR, url VARCHAR, title VARCHAR, referrer VARCHAR, context_ip VARCHAR,"
          + " context_user_agent VARCHAR"),
  SIGNED_UP("segment", Table.BY_TIME, Table.EVENT + ", email VARCHAR, plan VARCHAR"),
  DEMO_REQUESTED("segment", Table.BY_TIME, Table.EVENT + ", email VARCHAR, team_size VARCHAR"),
  EBOOK_DOWNLOADED("segment", Table.BY_TIME, Table.EVENT + ", email VARCHAR, title VARCHAR"),
  WEBINAR_ATTENDED("segment", Table.BY_TIME, Table.EVENT + ", email VARCHAR, title VARCHAR"),
  UNSUBSCRIBED("segment", Table.BY_TIME, Table.EVENT + ", email VARCHAR, list VARCHAR"),
  FEATURE_USED("segment", Table.BY_TIME, Table.TRACKED + ", feature VARCHAR");

  private static final String BY_TIME = "timestamp, received_at, id";
  private static final String TRACKED =
      "id VARCHAR, anonymous_id VARCHAR, user_id VARCHAR, original_timestamp TIMESTAMP,"
          + " sent_at TIMESTAMP, received_at TIMESTAMP, timestamp TIMESTAMP, uuid_ts TIMESTAMP,"
          + " loaded_at TIMESTAMP";
  private static final String EVENT =
      TRACKED
          + ", event VARCHAR, event_text VARCHAR, context_page_path VARCHAR, context_ip VARCHAR,"
          + " context_user_agent VARCHAR";

  final String schema;
  final String order;
  final String columns;

  Table(String schema, String order, String columns) {
    this.schema = schema;
    this.order = order;
    this.columns = columns;
  }

  String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String qualifiedName() {
    return schema + "." + tableName();
  }

  /** A delivered event, which counts towards the number asked for. */
  boolean isEvent() {
    return schema.equals("segment") && this != IDENTIFIES;
  }

  static String[] schemas() {
    return Arrays.stream(values()).map(table -> table.schema).distinct().toArray(String[]::new);
  }
}
