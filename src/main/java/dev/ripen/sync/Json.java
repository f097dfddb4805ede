package dev.ripen.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON by hand, field by field: names are a contract and must not follow those of Java. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final SerializedString NOTHING = new SerializedString("");

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Writes the fields of an object. */
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** An object in one line. */
  static String text(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = MAPPER.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text.toString();
  }

  /** Writes the fields of one of several objects. */
  interface FieldsOf<T> {
    void write(T object, JsonGenerator json) throws IOException;
  }

  /** Objects, each in a line that is ended, as UTF-8. */
  static <T> byte[] lines(List<T> objects, FieldsOf<T> fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
      json.setRootValueSeparator(NOTHING);
      for (T object : objects) {
        json.writeStartObject();
        fields.write(object, json);
        json.writeEndObject();
        json.writeRaw('\n');
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  static void write(JsonGenerator json, String name, Map<String, @Nullable String> values)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, @Nullable String> value : values.entrySet()) {
      json.writeStringField(value.getKey(), value.getValue());
    }
    json.writeEndObject();
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** A stream of objects; closing the parser closes the stream. */
  static JsonParser parser(InputStream in) throws IOException {
    return MAPPER.createParser(in);
  }

  static JsonNode parse(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  static ObjectNode ofMap(Map<String, @Nullable String> values) {
    ObjectNode node = object();
    values.forEach(node::put);
    return node;
  }

  static Map<String, @Nullable String> toMap(JsonNode node) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    node.properties().forEach(entry -> values.put(entry.getKey(), textOrNull(entry.getValue())));
    return values;
  }

  static @Nullable String textOrNull(@Nullable JsonNode node) {
    return node == null || node.isNull() ? null : node.asText();
  }

  static @Nullable String textOf(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  static @Nullable Instant instantOrNull(@Nullable JsonNode node) {
    String text = textOrNull(node);
    return text == null ? null : Instant.parse(text);
  }
}
