package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.crm.Match;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.hubspot.HubSpotApi.Effect;
import dev.ripen.http.JsonClient;
import dev.ripen.http.JsonReply;
import dev.ripen.http.JsonRequest;
import dev.ripen.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds contacts by their keys and reads their properties. Safe for several threads. */
final class ContactReader {
  private static final String EMAIL = "email";
  private static final String MORE_EMAILS = "hs_additional_emails";
  private static final String MERGED_IDS = "hs_merged_object_ids";

  private final HubSpotApi api;
  private final HubSpotPaths paths;
  private final PropertyCatalog catalog;

  ContactReader(HubSpotApi api, HubSpotPaths paths, PropertyCatalog catalog) {
    this.api = api;
    this.paths = paths;
    this.catalog = catalog;
  }

  List<Match> read(List<RecordKey> keys, Set<String> fields) {
    if (keys.isEmpty()) {
      return List.of();
    }
    RecordKey.Kind kind = keys.get(0).kind();
    if (keys.stream().anyMatch(key -> key.kind() != kind)) {
      throw new IllegalArgumentException("keys of several kinds in one read");
    }
    Set<String> ids = new LinkedHashSet<>();
    keys.forEach(key -> ids.add(normal(key)));
    List<JsonNode> records = new ArrayList<>();
    boolean anyAccepted = fetch(kind, List.copyOf(ids), fields, records);
    if (!anyAccepted && ids.size() > 1) {
      throw allRefused(kind, ids, fields);
    }
    Map<String, JsonNode> byId = index(kind, records);
    List<Match> matches = new ArrayList<>();
    for (RecordKey key : new LinkedHashSet<>(keys)) {
      JsonNode record = byId.get(normal(key));
      if (record != null) {
        matches.add(new Match(key, record.path("id").asText(), values(record, fields)));
      }
    }
    return matches;
  }

  /**
   * Halves what HubSpot refuses as a whole, for one unreadable key must not hide the others.
   *
   * @return whether HubSpot accepted any of it
   */
  private boolean fetch(
      RecordKey.Kind kind, List<String> ids, Set<String> fields, List<JsonNode> into) {
    JsonReply reply = api.call(request(kind, ids, fields), Effect.READS);
    boolean answered = reply.isSuccess() && reply.body().path("results").isArray();
    if (answered || isMiss(reply)) {
      reply.body().path("results").forEach(into::add);
      return true;
    }
    if (reply.status() != 400) {
      throw new ProblemException(api.rules().refused(request(kind, ids, fields), reply));
    }
    if (ids.size() == 1) {
      return false;
    }
    int middle = ids.size() / 2;
    boolean first = fetch(kind, ids.subList(0, middle), fields, into);
    boolean second = fetch(kind, ids.subList(middle, ids.size()), fields, into);
    return first || second;
  }

  /** A 404 of another kind means a wrong path, and then no key would ever match. */
  private static boolean isMiss(JsonReply reply) {
    return reply.status() == 404
        && reply.body().path("category").asText("").equals("OBJECT_NOT_FOUND");
  }

  private ProblemException allRefused(RecordKey.Kind kind, Set<String> ids, Set<String> fields) {
    JsonRequest request = request(kind, List.copyOf(ids), fields);
    return new ProblemException(api.rules().refused(request, api.call(request, Effect.READS)));
  }

  private JsonRequest request(RecordKey.Kind kind, List<String> ids, Set<String> fields) {
    ObjectNode body = JsonClient.JSON.createObjectNode();
    if (kind == RecordKey.Kind.EMAIL) {
      body.put("idProperty", EMAIL);
    }
    Set<String> properties = new LinkedHashSet<>(fields);
    properties.addAll(List.of(EMAIL, MORE_EMAILS, MERGED_IDS));
    ArrayNode names = body.putArray("properties");
    properties.forEach(names::add);
    body.putArray("propertiesWithHistory");
    ArrayNode inputs = body.putArray("inputs");
    ids.forEach(id -> inputs.addObject().put("id", id));
    return JsonRequest.post(paths.contactBatch("read"), body);
  }

  private static Map<String, JsonNode> index(RecordKey.Kind kind, List<JsonNode> records) {
    Map<String, JsonNode> byId = new HashMap<>();
    for (JsonNode record : records) {
      byId.put(kind == RecordKey.Kind.EMAIL ? lower(record, EMAIL) : idOf(record), record);
    }
    String others = kind == RecordKey.Kind.EMAIL ? MORE_EMAILS : MERGED_IDS;
    for (JsonNode record : records) {
      for (String other : lower(record, others).split(";", -1)) {
        byId.putIfAbsent(other.strip(), record);
      }
    }
    return byId;
  }

  private Map<String, @Nullable String> values(JsonNode record, Set<String> fields) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (String field : fields) {
      JsonNode value = record.path("properties").get(field);
      if (value != null) {
        String text = value.isNull() ? null : value.asText();
        values.put(field, Values.toCanonical(catalog.typeOf(field), text));
      }
    }
    return values;
  }

  private static String idOf(JsonNode record) {
    return record.path("id").asText("");
  }

  private static String lower(JsonNode record, String property) {
    return record.path("properties").path(property).asText("").toLowerCase(Locale.ROOT);
  }

  private static String normal(RecordKey key) {
    return key.value().strip().toLowerCase(Locale.ROOT);
  }
}
