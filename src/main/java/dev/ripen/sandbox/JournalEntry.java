package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one request changed: effects, not commands, so that replaying never judges again.
 *
 * @param at epoch milliseconds
 * @param source who wrote, as the page shows it
 * @param runId of the sync, or null
 * @param isSync whether it counts as part of a sync
 */
record JournalEntry(
    long at,
    String source,
    @Nullable String runId,
    boolean isSync,
    List<Write> writes,
    List<Long> archived,
    List<PropertyDefinition> properties,
    Map<String, String> groups,
    @Nullable JsonNode report) {

  /** Values that one contact got. */
  record Write(long id, boolean created, Map<String, String> set) {}

  static JournalEntry writes(
      long at, String source, @Nullable String runId, boolean isSync, List<Write> writes) {
    return new JournalEntry(
        at, source, runId, isSync, writes, List.of(), List.of(), Map.of(), null);
  }

  static JournalEntry archived(long at, String source, List<Long> ids) {
    return new JournalEntry(at, source, null, false, List.of(), ids, List.of(), Map.of(), null);
  }

  static JournalEntry properties(long at, String source, List<PropertyDefinition> properties) {
    return new JournalEntry(
        at, source, null, false, List.of(), List.of(), properties, Map.of(), null);
  }

  static JournalEntry group(long at, String source, String name, String label) {
    return new JournalEntry(
        at, source, null, false, List.of(), List.of(), List.of(), Map.of(name, label), null);
  }

  static JournalEntry report(long at, String source, JsonNode report) {
    return new JournalEntry(
        at, source, null, false, List.of(), List.of(), List.of(), Map.of(), report);
  }

  byte[] toLine() {
    ObjectNode line = Json.object();
    line.put("at", at);
    line.put("source", source);
    if (runId != null) {
      line.put("run", runId);
    }
    if (isSync) {
      line.put("sync", true);
    }
    if (!writes.isEmpty()) {
      ArrayNode array = line.putArray("writes");
      for (Write write : writes) {
        ObjectNode node = array.addObject();
        node.put("id", write.id);
        if (write.created) {
          node.put("new", true);
        }
        ObjectNode set = node.putObject("set");
        write.set.forEach(set::put);
      }
    }
    archived.forEach(id -> line.withArray("archived").add(id));
    properties.forEach(property -> line.withArray("properties").add(property.toJson()));
    if (!groups.isEmpty()) {
      ObjectNode node = line.putObject("groups");
      groups.forEach(node::put);
    }
    if (report != null) {
      line.set("report", report);
    }
    byte[] text = Json.bytes(line);
    byte[] ended = java.util.Arrays.copyOf(text, text.length + 1);
    ended[text.length] = '\n';
    return ended;
  }

  static JournalEntry fromJson(JsonNode line) {
    List<Write> writes = new ArrayList<>();
    for (JsonNode node : line.path("writes")) {
      writes.add(
          new Write(
              node.path("id").asLong(), node.path("new").asBoolean(), textMap(node.path("set"))));
    }
    List<Long> archived = new ArrayList<>();
    line.path("archived").forEach(id -> archived.add(id.asLong()));
    List<PropertyDefinition> properties = new ArrayList<>();
    line.path("properties").forEach(node -> properties.add(PropertyDefinition.fromJson(node)));
    return new JournalEntry(
        line.path("at").asLong(),
        Json.text(line, "source", ""),
        Json.text(line, "run"),
        line.path("sync").asBoolean(),
        writes,
        archived,
        properties,
        textMap(line.path("groups")),
        line.get("report"));
  }

  private static Map<String, String> textMap(JsonNode node) {
    Map<String, String> map = new LinkedHashMap<>();
    node.properties().forEach(field -> map.put(field.getKey(), field.getValue().asText()));
    return map;
  }
}
