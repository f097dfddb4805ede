package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import dev.ripen.http.JsonClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows that go into one request, its body, and which row HubSpot means when it names one. HubSpot
 * answers in its own order, so a row is known by its trace id, record id or mail address only.
 */
final class WriteBatch {
  private static final String EMAIL = "email";
  private static final Set<String> REPEATED =
      Set.of(
          "archived",
          "createdAt",
          "createdate",
          "hs_object_id",
          "lastmodifieddate",
          "updatedAt",
          "url");

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

  /** What HubSpot repeats of every record and is not looked at, unless it was written. */
  Set<String> unread() {
    Set<String> names = new HashSet<>(REPEATED);
    rows.forEach(row -> names.removeAll(row.fields().keySet()));
    return names;
  }

  ObjectNode body() {
    ObjectNode body = JsonClient.JSON.createObjectNode();
    body.putPOJO("inputs", new Inputs());
    return body;
  }

  /** Not a tree: it would be made for a hundred rows only to be written. */
  private final class Inputs extends JsonSerializable.Base {
    @Override
    public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
      json.writeStartArray();
      for (RowWrite row : rows) {
        writeInput(json, row);
      }
      json.writeEndArray();
    }

    @Override
    public void serializeWithType(
        JsonGenerator json, SerializerProvider serializers, TypeSerializer types)
        throws IOException {
      serialize(json, serializers);
    }
  }

  /** The row that a result is about; none if HubSpot names none of these. */
  Collection<RowWrite> rowsOf(JsonNode result) {
    RowWrite traced = byTrace.get(result.path("objectWriteTraceId").asText(""));
    if (traced != null) {
      return List.of(traced);
    }
    String id =
        action == WriteAction.UPDATE
            ? result.path("id").asText("")
            : result.path("properties").path(EMAIL).asText("").toLowerCase(Locale.ROOT);
    List<RowWrite> named = byId.getOrDefault(id, List.of());
    // An answer to one input is about that input, for example when it updated a merged record.
    return named.isEmpty() && rows.size() == 1 ? rows : named;
  }

  Set<RowWrite> rowsOf(HubSpotError error) {
    Set<RowWrite> named = new LinkedHashSet<>();
    for (String traceId : error.traceIds()) {
      RowWrite row = byTrace.get(traceId);
      if (row != null) {
        named.add(row);
      }
    }
    if (named.isEmpty()) {
      error.ids().forEach(id -> named.addAll(byId.getOrDefault(id, List.of())));
    }
    return named;
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

  private void writeInput(JsonGenerator json, RowWrite row) throws IOException {
    json.writeStartObject();
    json.writeStringField("objectWriteTraceId", traceId(row));
    json.writeObjectFieldStart("properties");
    for (Map.Entry<String, @Nullable String> field : row.fields().entrySet()) {
      // Written by record id, it would replace the primary address by an additional one.
      if (!field.getKey().equals(EMAIL)) {
        json.writeStringField(field.getKey(), Values.toHubSpot(field.getValue()));
      }
    }
    if (action == WriteAction.CREATE) {
      json.writeStringField(EMAIL, id(row));
    }
    json.writeEndObject();
    switch (action) {
      case UPDATE -> json.writeStringField("id", id(row));
      case UPSERT -> {
        json.writeStringField("id", id(row));
        json.writeStringField("idProperty", EMAIL);
      }
      case CREATE -> {
        json.writeArrayFieldStart("associations");
        json.writeEndArray();
      }
    }
    json.writeEndObject();
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
