package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import dev.ripen.http.JsonClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Rows that go into one request, its body, and which row HubSpot means when it names one. HubSpot
 * answers in its own order, so a row is known by its trace id, record id or mail address only.
 */
final class WriteBatch {
  private static final String EMAIL = "email";

  private final WriteAction action;
  private final List<RowWrite> rows;
  private final Map<String, RowWrite> byTrace = new HashMap<>();
  private final Map<String, List<RowWrite>> byId = new HashMap<>();

  WriteBatch(WriteAction action, List<RowWrite> rows) {
    this.action = action;
    this.rows = List.copyOf(rows);
    for (RowWrite row : rows) {
      byTrace.put(traceId(row), row);
      byId.computeIfAbsent(id(row), id -> new ArrayList<>()).add(row);
    }
    if (byTrace.size() < rows.size()) {
      throw new IllegalArgumentException("two rows of a batch have the same number");
    }
  }

  List<RowWrite> rows() {
    return rows;
  }

  int size() {
    return rows.size();
  }

  WriteBatch with(List<RowWrite> some) {
    return new WriteBatch(action, some);
  }

  ObjectNode body() {
    ObjectNode body = JsonClient.JSON.createObjectNode();
    ArrayNode inputs = body.putArray("inputs");
    rows.forEach(row -> input(inputs.addObject(), row));
    return body;
  }

  /** The row that a result is about; none if HubSpot names none of these. */
  Set<RowWrite> rowsOf(JsonNode result) {
    Set<String> ids = new LinkedHashSet<>();
    ids.add(
        action == WriteAction.UPDATE
            ? result.path("id").asText("")
            : result.path("properties").path(EMAIL).asText("").toLowerCase(Locale.ROOT));
    Set<RowWrite> named = rowsNamed(Set.of(result.path("objectWriteTraceId").asText("")), ids);
    // An answer to one input is about that input, for example when it updated a merged record.
    return named.isEmpty() && rows.size() == 1 ? Set.of(rows.get(0)) : named;
  }

  Set<RowWrite> rowsOf(HubSpotError error) {
    return rowsNamed(error.traceIds(), error.ids());
  }

  /** Rows that write one of the properties. */
  Set<RowWrite> rowsWriting(Set<String> properties) {
    Set<RowWrite> writing = new LinkedHashSet<>();
    for (RowWrite row : rows) {
      if (row.fields().keySet().stream().anyMatch(properties::contains)) {
        writing.add(row);
      }
    }
    return writing;
  }

  private Set<RowWrite> rowsNamed(Set<String> traceIds, Set<String> ids) {
    Set<RowWrite> named = new LinkedHashSet<>();
    for (String traceId : traceIds) {
      RowWrite row = byTrace.get(traceId);
      if (row != null) {
        named.add(row);
      }
    }
    if (named.isEmpty()) {
      ids.forEach(id -> named.addAll(byId.getOrDefault(id, List.of())));
    }
    return named;
  }

  private void input(ObjectNode input, RowWrite row) {
    input.put("objectWriteTraceId", traceId(row));
    ObjectNode properties = input.putObject("properties");
    row.fields().forEach((name, value) -> properties.put(name, Values.toHubSpot(value)));
    // Written by record id, it would replace the primary address by an additional one.
    properties.remove(EMAIL);
    switch (action) {
      case UPDATE -> input.put("id", id(row));
      case UPSERT -> input.put("id", id(row)).put("idProperty", EMAIL);
      case CREATE -> {
        properties.put(EMAIL, id(row));
        input.putArray("associations");
      }
    }
  }

  private String id(RowWrite row) {
    String id = action == WriteAction.UPDATE ? row.recordId() : row.email();
    if (id == null || id.isBlank()) {
      throw new IllegalArgumentException("row " + row.seq() + " has no key for " + action);
    }
    return id.strip().toLowerCase(Locale.ROOT);
  }

  private static String traceId(RowWrite row) {
    return "ripen-" + row.seq();
  }
}
