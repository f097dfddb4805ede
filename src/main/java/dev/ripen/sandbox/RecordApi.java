package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads companies or deals; see {@link RecordFile}. */
final class RecordApi {
  private static final int LARGEST_PAGE = 100;
  private static final int LARGEST_PAGE_WITH_HISTORY = 50;
  private static final int LARGEST_SEARCH = 200;
  private static final int MOST_RESULTS = 10_000;
  private static final String MODIFIED = "hs_lastmodifieddate";
  private static final List<String> STANDARD =
      List.of("hs_object_id", "createdate", MODIFIED, "hs_merged_object_ids");
  private static final Map<String, List<String>> USUAL =
      Map.of(
          "companies", List.of("name", "domain", "industry", "country", "city"),
          "deals",
              List.of(
                  "dealname",
                  "amount",
                  "dealstage",
                  "pipeline",
                  "closedate",
                  "closed_lost_reason",
                  "hs_is_closed",
                  "hs_is_closed_won",
                  "hs_deal_stage_probability"));

  private final RecordFile file;
  private final String object;
  private final Clock clock;

  RecordApi(RecordFile file, String object, Clock clock) {
    this.file = file;
    this.object = object;
    this.clock = clock;
  }

  ApiResponse list(ApiRequest request) {
    Set<String> history = request.queryList("propertiesWithHistory");
    int limit =
        SingleApi.limit(request, history.isEmpty() ? LARGEST_PAGE : LARGEST_PAGE_WITH_HISTORY);
    boolean archived = "true".equals(request.query("archived"));
    String after = request.query("after");
    long first = after == null ? 0 : BatchApi.recordId(after);
    Iterator<JsonNode> records =
        file.byNumber(object).tailMap(first, true).values().stream()
            .filter(record -> record.path("archived").asBoolean() == archived)
            .iterator();
    ObjectNode body = Json.object();
    ArrayNode results = body.putArray("results");
    while (records.hasNext() && results.size() < limit) {
      results.add(show(records.next(), request.queryList("properties"), history));
    }
    if (records.hasNext()) {
      SingleApi.paging(body, records.next().path("id").asText(), request);
    }
    return ApiResponse.ok(body);
  }

  /** Filters of all groups' first, and one order: what a reader of changes needs. */
  ApiResponse search(ApiRequest request) {
    JsonNode body = request.body();
    int limit = body.path("limit").asInt(10);
    int after = body.path("after").asInt(0);
    if (limit < 0 || limit > LARGEST_SEARCH || after + limit > MOST_RESULTS) {
      throw ApiException.validation("Paging through results cannot go beyond 10,000 results");
    }
    List<SearchFilter> filters = new ArrayList<>();
    body.path("filterGroups")
        .path(0)
        .path("filters")
        .forEach(filter -> filters.add(SearchFilter.fromJson(filter)));
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode record : file.byNumber(object).values()) {
      if (!record.path("archived").asBoolean()
          && filters.stream()
              .allMatch(f -> f.matches(value(record, f.property()), type(f.property())))) {
        found.add(record);
      }
    }
    sort(found, body.path("sorts").path(0));
    ObjectNode answer = Json.object().put("total", found.size());
    ArrayNode results = answer.putArray("results");
    int end = Math.min(found.size(), after + limit);
    found
        .subList(Math.min(after, end), end)
        .forEach(record -> results.add(show(record, Json.texts(body, "properties"), Set.of())));
    if (end < found.size()) {
      answer.putObject("paging").putObject("next").put("after", Integer.toString(end));
    }
    return ApiResponse.ok(answer);
  }

  private void sort(List<JsonNode> found, JsonNode sort) {
    String property = Json.text(sort, "propertyName", "hs_object_id");
    Comparator<JsonNode> order =
        Comparator.comparing(
            record -> value(record, property),
            Comparator.nullsLast((l, r) -> SearchFilter.compare(l, r, type(property))));
    found.sort("DESCENDING".equals(Json.text(sort, "direction")) ? order.reversed() : order);
  }

  ApiResponse batchRead(ApiRequest request) {
    Set<String> history = Json.texts(request.body(), "propertiesWithHistory");
    JsonNode inputs = request.body().path("inputs");
    if (inputs.size() > (history.isEmpty() ? LARGEST_PAGE : LARGEST_PAGE_WITH_HISTORY)) {
      throw ApiException.validation("The number of inputs exceeds the limit");
    }
    NavigableMap<Long, JsonNode> records = file.byNumber(object);
    BatchAnswer answer = new BatchAnswer(clock);
    List<String> missing = new ArrayList<>();
    for (JsonNode input : inputs) {
      JsonNode record = records.get(input.path("id").asLong());
      if (record == null || record.path("archived").asBoolean()) {
        missing.add(input.path("id").asText());
      } else {
        answer.result(show(record, Json.texts(request.body(), "properties"), history));
      }
    }
    if (!missing.isEmpty()) {
      answer.error(
          new ApiException(404, "OBJECT_NOT_FOUND", "Not found", Map.of("ids", missing)).item());
    }
    return answer.response(200, clock);
  }

  /** The usual names, and those that some record has a value for. */
  ApiResponse properties(ApiRequest request) {
    Set<String> names = new TreeSet<>(STANDARD);
    names.addAll(USUAL.getOrDefault(object, List.of()));
    file.byNumber(object)
        .values()
        .forEach(record -> record.path("properties").fieldNames().forEachRemaining(names::add));
    ObjectNode body = Json.object();
    ArrayNode results = body.putArray("results");
    names.forEach(name -> results.addObject().put("name", name).put("type", type(name)));
    return ApiResponse.ok(body);
  }

  /** Which contacts the records belong to; a record without any is an error of its own. */
  ApiResponse contacts(ApiRequest request) {
    NavigableMap<Long, JsonNode> records = file.byNumber(object);
    BatchAnswer answer = new BatchAnswer(clock);
    for (JsonNode input : request.body().path("inputs")) {
      String id = input.path("id").asText();
      JsonNode contacts =
          records.getOrDefault(input.path("id").asLong(), Json.object()).path("contacts");
      if (contacts.isEmpty()) {
        answer.error(
            new ApiException(
                    404,
                    "OBJECT_NOT_FOUND",
                    "No contact is associated with " + object + " " + id + ".",
                    Map.of("fromObjectId", List.of(id)))
                .item());
        continue;
      }
      ObjectNode result = Json.object();
      result.putObject("from").put("id", id);
      ArrayNode to = result.putArray("to");
      contacts.forEach(
          contact ->
              to.addObject()
                  .put("toObjectId", contact.asLong())
                  .putArray("associationTypes")
                  .addObject()
                  .put("category", "HUBSPOT_DEFINED")
                  .put("typeId", 3));
      answer.result(result);
    }
    return answer.response(200, clock);
  }

  private ObjectNode show(JsonNode record, Set<String> asked, Set<String> history) {
    ObjectNode node = Json.object();
    node.put("id", record.path("id").asText());
    ObjectNode properties = node.putObject("properties");
    Set<String> names = new TreeSet<>(asked);
    names.addAll(List.of("hs_object_id", "createdate", MODIFIED));
    names.forEach(name -> properties.put(name, value(record, name)));
    node.put("createdAt", record.path("createdAt").asText());
    node.put("updatedAt", record.path("updatedAt").asText());
    node.put("archived", record.path("archived").asBoolean());
    if (!history.isEmpty()) {
      ObjectNode histories = node.putObject("propertiesWithHistory");
      history.forEach(name -> histories.set(name, record.path("history").path(name)));
    }
    return node;
  }

  private static @Nullable String value(JsonNode record, String property) {
    return switch (property) {
      case "hs_object_id" -> record.path("id").asText();
      case "createdate" -> record.path("createdAt").asText();
      case MODIFIED -> record.path("updatedAt").asText();
      default -> Json.text(record.path("properties"), property);
    };
  }

  private static String type(String property) {
    return switch (property) {
      case "hs_object_id" -> "number";
      case "createdate", MODIFIED -> "datetime";
      default -> "string";
    };
  }
}
