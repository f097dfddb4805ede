package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.crm.CrmTable;
import dev.ripen.http.JsonClient;
import dev.ripen.http.JsonRequest;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What is asked to read the records of a table. Pure.
 *
 * <p>Changed records are asked for by id: those that are changed since a moment and have a larger
 * id than the last one, in the order of ids. So a search never goes beyond its first page: its
 * limit of 10,000 results, records that one job changed in the same millisecond, and records that
 * move to the end while somebody reads cost nothing. A search asks for ids only, since the answer
 * of the index is late, and a body with many names is too long for it (3,000 characters).
 */
record RecordRequests(HubSpotPaths paths, CrmTable table) {
  /** The largest page of a search (reference, read 2026-11-22). */
  static final int SEARCH_PAGE = 200;

  private static final int PAGE = 100;
  // With histories, HubSpot takes and gives fewer records at a time.
  private static final int PAGE_WITH_HISTORY = 50;

  /** A page of the list of all. */
  JsonRequest list(boolean archived, @Nullable String after) {
    boolean withHistory = !archived && !table.history().isEmpty();
    HttpUrl.Builder url =
        paths
            .records(table.object())
            .newBuilder()
            .addQueryParameter("limit", Integer.toString(withHistory ? PAGE_WITH_HISTORY : PAGE))
            .addQueryParameter("archived", Boolean.toString(archived))
            .addQueryParameter("properties", String.join(",", properties()));
    if (withHistory) {
      url.addQueryParameter("propertiesWithHistory", String.join(",", table.history()));
    }
    if (after != null) {
      url.addQueryParameter("after", after);
    }
    return JsonRequest.get(url.build());
  }

  /** The record that was changed last. */
  JsonRequest newest() {
    return search(null, 0, modified(), "DESCENDING", 1);
  }

  /** Ids of records that were changed at that moment or later. */
  JsonRequest changed(Instant since, long afterId) {
    return search(since, afterId, "hs_object_id", "ASCENDING", SEARCH_PAGE);
  }

  private JsonRequest search(
      @Nullable Instant since, long afterId, String sort, String direction, int limit) {
    ObjectNode body = JsonClient.JSON.createObjectNode();
    if (since != null) {
      ArrayNode filters = body.putArray("filterGroups").addObject().putArray("filters");
      filter(filters, modified(), "GTE", since.toEpochMilli());
      filter(filters, "hs_object_id", "GT", afterId);
    }
    body.putArray("sorts").addObject().put("propertyName", sort).put("direction", direction);
    body.putArray("properties").add(modified());
    body.put("limit", limit);
    return JsonRequest.post(paths.recordSearch(table.object()), body);
  }

  private static void filter(ArrayNode filters, String property, String operator, long value) {
    filters
        .addObject()
        .put("propertyName", property)
        .put("operator", operator)
        .put("value", Long.toString(value));
  }

  /** How many records may be read by their ids at a time. */
  int batch() {
    return table.history().isEmpty() ? PAGE : PAGE_WITH_HISTORY;
  }

  /** Records by their ids. */
  JsonRequest read(List<String> ids) {
    ObjectNode body = JsonClient.JSON.createObjectNode();
    ArrayNode properties = body.putArray("properties");
    properties().forEach(properties::add);
    ArrayNode history = body.putArray("propertiesWithHistory");
    table.history().forEach(history::add);
    ArrayNode inputs = body.putArray("inputs");
    ids.forEach(id -> inputs.addObject().put("id", id));
    return JsonRequest.post(paths.recordBatchRead(table.object()), body);
  }

  private String modified() {
    return RecordJson.modifiedProperty(table.object());
  }

  private Set<String> properties() {
    Set<String> names = new LinkedHashSet<>(table.properties());
    names.add(modified());
    return names;
  }
}
