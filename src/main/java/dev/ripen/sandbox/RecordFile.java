package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the sandbox knows of companies, deals, forms and submissions: JSON lines that whoever tries
 * something out writes; the API only reads them. Of two lines with one type and id the later
 * counts.
 *
 * <pre>{@code
 * {"type":"deals","id":"7","createdAt":"2026-11-01T09:00:00.000Z","updatedAt":"…","archived":false,
 *  "properties":{"amount":"900"},"contacts":["101"],
 *  "history":{"dealstage":[{"value":"won","timestamp":"…"}]}}
 * {"type":"forms","id":"f-1","name":"Request a demo"}
 * {"type":"submissions","form":"f-1","id":"c-1","submittedAt":1794304800000,"pageUrl":"…",
 *  "values":[{"name":"email","value":"ada@northwind.example"}]}
 * }</pre>
 */
final class RecordFile {
  private final Path file;

  RecordFile(Path file) {
    this.file = file;
  }

  /** Records of a type by their ids, in the order of the ids' numbers. */
  NavigableMap<Long, JsonNode> byNumber(String type) {
    NavigableMap<Long, JsonNode> records = new TreeMap<>();
    lines(type).forEach(node -> records.put(node.path("id").asLong(), node));
    return records;
  }

  /** Records of a type by their ids. */
  NavigableMap<String, JsonNode> byId(String type) {
    NavigableMap<String, JsonNode> records = new TreeMap<>();
    lines(type).forEach(node -> records.put(node.path("id").asText(), node));
    return records;
  }

  private List<JsonNode> lines(String type) {
    List<JsonNode> found = new ArrayList<>();
    if (!Files.exists(file)) {
      return found;
    }
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        JsonNode node = Json.parse(line.getBytes(StandardCharsets.UTF_8));
        if (node.path("type").asText().equals(type)) {
          found.add(node);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
    return found;
  }
}
