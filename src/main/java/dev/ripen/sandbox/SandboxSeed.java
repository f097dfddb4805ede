package dev.ripen.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty store from JSON lines, one contact each: {@code {"id":"101","email":"a@b.example",
 * "additionalEmails":[…],"mergedIds":["90"],"properties":{"firstname":"…"}}}. Only {@code id} is
 * required. A property that no one has defined becomes a text property.
 */
final class SandboxSeed {
  private final ContactStore store;
  private final Path file;
  private final long now;

  SandboxSeed(ContactStore store, Path file, long now) {
    this.store = store;
    this.file = file;
    this.now = now;
  }

  /** Does nothing if the store has contacts. */
  void fillIfEmpty() {
    if (!store.isEmpty()) {
      return;
    }
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          store.seed(contact(line, number));
        }
      }
      store.compact();
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.SOURCE_INVALID,
              "the sandbox's seed " + file + " cannot be read: " + e.getMessage(),
              "give a file of JSON lines"),
          e);
    }
  }

  private Contact contact(String line, int number) {
    try {
      JsonNode node = Json.parse(line.getBytes(StandardCharsets.UTF_8));
      long id = BatchApi.recordId(Json.text(node, "id", ""));
      if (id < 0 || store.byId(id) != null) {
        throw invalid(number, "its id is missing, not a number, or there twice", null);
      }
      if (Json.texts(node, "mergedIds").stream().anyMatch(old -> BatchApi.recordId(old) < 0)) {
        throw invalid(number, "one of its merged ids is not a number", null);
      }
      Map<String, String> values = values(node);
      for (String address : addresses(values)) {
        if (store.byUnique("email", address) != null) {
          throw invalid(number, "one of its addresses belongs to an earlier contact", null);
        }
      }
      long created = millis(values.remove("createdate"), now);
      long modified = millis(values.remove("lastmodifieddate"), created);
      values.remove("hs_object_id");
      return new Contact(id, created, modified, pack(values), Packed.EMPTY);
    } catch (JsonProcessingException | DateTimeException e) {
      throw invalid(number, "it is not a contact: " + e.getClass().getSimpleName(), e);
    }
  }

  private static List<String> addresses(Map<String, String> values) {
    List<String> all = new ArrayList<>();
    for (String name : List.of("email", "hs_additional_emails")) {
      String value = values.getOrDefault(name, "");
      if (!value.isEmpty()) {
        all.addAll(List.of(value.split(";", -1)));
      }
    }
    return all;
  }

  private static Map<String, String> values(JsonNode node) {
    Map<String, String> values = new TreeMap<>();
    node.path("properties")
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().isNull()) {
                values.put(field.getKey(), field.getValue().asText());
              }
            });
    String email = Json.text(node, "email", values.getOrDefault("email", ""));
    values.put("email", email.toLowerCase(Locale.ROOT));
    values.put(
        "hs_additional_emails",
        String.join(";", Json.texts(node, "additionalEmails")).toLowerCase(Locale.ROOT));
    values.put("hs_merged_object_ids", String.join(";", Json.texts(node, "mergedIds")));
    values.values().removeIf(String::isEmpty);
    return values;
  }

  private static long millis(@Nullable String text, long otherwise) {
    return text == null ? otherwise : OffsetDateTime.parse(text).toInstant().toEpochMilli();
  }

  private byte[] pack(Map<String, String> values) {
    Map<Integer, String> bySlot = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (store.properties().find(name).isEmpty()) {
            store.properties().put(textProperty(name));
          }
          bySlot.put(store.properties().slot(name), value);
        });
    return Packed.pack(bySlot);
  }

  private PropertyDefinition textProperty(String name) {
    return new PropertyDefinition(
        name,
        name.replace('_', ' '),
        "string",
        "text",
        "contactinformation",
        "",
        List.of(),
        false,
        false,
        false,
        false,
        now,
        now);
  }

  private ProblemException invalid(int line, String why, @Nullable Exception cause) {
    Problem problem =
        Problem.at(
            new SourceSpan(file.toString(), line, 0, ""),
            ErrorCode.DATA_INVALID,
            "a contact of the sandbox's seed cannot be taken: " + why,
            "correct the line");
    return cause == null ? new ProblemException(problem) : new ProblemException(problem, cause);
  }
}
