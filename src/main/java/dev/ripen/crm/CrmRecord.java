package dev.ripen.crm;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record as the CRM shows it.
 *
 * @param id unique among the records of its table
 * @param archived deleted, as far as the CRM still says so
 * @param properties as the CRM writes them, null if empty; also what else is known of the record by
 *     a name of its own, such as {@code form_id}
 * @param contactIds contacts that it belongs to; empty where that is not asked for
 */
public record CrmRecord(
    String id,
    @Nullable Instant createdAt,
    @Nullable Instant modifiedAt,
    boolean archived,
    Map<String, @Nullable String> properties,
    List<Change> history,
    List<String> contactIds) {
  public CrmRecord {
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    history = List.copyOf(history);
    contactIds = List.copyOf(contactIds);
  }

  /**
   * A value that a property had from a moment on.
   *
   * @param value null or empty if it was cleared
   */
  public record Change(String property, @Nullable String value, Instant occurredAt) {}

  /** The same record, which belongs to these contacts. */
  public CrmRecord of(List<String> contacts) {
    return new CrmRecord(id, createdAt, modifiedAt, archived, properties, history, contacts);
  }
}
