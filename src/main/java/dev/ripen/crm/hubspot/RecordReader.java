package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.crm.CrmRecord;
import dev.ripen.crm.CrmTable;
import dev.ripen.http.JsonReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads contacts, companies or deals, a page at a time. One use. */
final class RecordReader {
  /** HubSpot's index knows of a change some seconds later, on bad days minutes. */
  static final Duration OVERLAP = Duration.ofMinutes(10);

  private static final String WHOLE = "";

  private final ReadingApi api;
  private final HubSpotPaths paths;
  private final CrmTable table;
  private final RecordRequests requests;

  RecordReader(ReadingApi api, HubSpotPaths paths, CrmTable table) {
    this.api = api;
    this.paths = paths;
    this.table = table;
    this.requests = new RecordRequests(paths, table);
  }

  /**
   * Reads all records, or those that were changed since. What is changed while this reads may be
   * missing, and is read the next time: the watermark is what HubSpot calls its newest change
   * before the first record is read.
   */
  Map<String, Instant> read(Map<String, Instant> since, Consumer<CrmRecord> sink) {
    Optional<Instant> newest = newest();
    @Nullable Instant from = since.get(WHOLE);
    if (from == null) {
      list(false, sink);
    } else {
      changed(from.minus(OVERLAP), sink);
    }
    list(true, sink);
    return newest
        .map(at -> Map.of(WHOLE, from != null && from.isAfter(at) ? from : at))
        .orElse(since);
  }

  private Optional<Instant> newest() {
    JsonNode first = api.search(requests.newest()).body().path("results").path(0);
    return Optional.ofNullable(
        RecordJson.instant(
            first.path("properties").path(RecordJson.modifiedProperty(table.object()))));
  }

  private void list(boolean archived, Consumer<CrmRecord> sink) {
    Cursor cursor = new Cursor();
    do {
      JsonReply page = api.read(requests.list(archived, cursor.after()));
      give(page.body().path("results"), archived, sink);
      cursor.follow(page.body());
    } while (cursor.hasNext());
  }

  private void changed(Instant since, Consumer<CrmRecord> sink) {
    long last = 0;
    while (true) {
      long before = last;
      JsonNode page = api.search(requests.changed(since, last)).body();
      List<String> ids = new ArrayList<>();
      for (JsonNode found : page.path("results")) {
        String id = found.path("id").asText();
        ids.add(id);
        last = Math.max(last, Long.parseLong(id));
      }
      if (!ids.isEmpty() && last <= before) {
        throw new IllegalStateException("HubSpot's search gave records that it had given before");
      }
      for (int i = 0; i < ids.size(); i += requests.batch()) {
        List<String> some = ids.subList(i, Math.min(ids.size(), i + requests.batch()));
        // Whoever was deleted since the index was written is among the archived ones.
        give(api.read(requests.read(some)).body().path("results"), false, sink);
      }
      if (ids.isEmpty() || page.path("paging").path("next").isMissingNode()) {
        return;
      }
    }
  }

  private void give(JsonNode results, boolean archived, Consumer<CrmRecord> sink) {
    List<CrmRecord> records = new ArrayList<>();
    results.forEach(node -> records.add(RecordJson.record(table, node)));
    boolean ofContacts = table.object().equals("deals") && !archived && !records.isEmpty();
    if (!ofContacts) {
      records.forEach(sink);
      return;
    }
    Map<String, List<String>> contacts =
        new ContactsOfRecords(api, paths.contactsOf(table.object()))
            .of(records.stream().map(CrmRecord::id).toList());
    records.forEach(r -> sink.accept(r.of(contacts.getOrDefault(r.id(), List.of()))));
  }
}
