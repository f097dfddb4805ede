package dev.ripen.sync;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ripen.crm.RowWrite;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a plan from one stream of JSON. Without trees: a sync reads a hundred thousand
 * rows while as many requests' answers want the same processor. One thread.
 */
final class PlanRowParser {
  private final JsonParser json;
  private long seq;
  private @Nullable PlanAction action;
  private @Nullable SkipReason skip;
  private @Nullable String key;
  private @Nullable String recordId;
  private @Nullable String email;
  private @Nullable Map<String, FieldChange> fields;
  private List<String> reasons = List.of();
  private @Nullable Acknowledged after;
  private @Nullable String content;
  private Map<String, @Nullable String> drift = Map.of();

  PlanRowParser(JsonParser json) {
    this.json = json;
  }

  /** The next row; null at the end. Throws IllegalArgumentException if a row lacks something. */
  @Nullable PlannedRow next() throws IOException {
    if (!begin()) {
      return null;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      readField(json.currentName());
    }
    require(seq >= 0, "a row has a number");
    return new PlannedRow(
        seq,
        present(action, "action"),
        skip,
        present(key, "key"),
        recordId,
        email,
        present(fields, "fields"),
        reasons,
        present(after, "after"),
        present(content, "content"),
        drift);
  }

  /** What is sent of the next row; the rest is passed over. As {@link #next} otherwise. */
  @Nullable PlannedWrite nextWrite() throws IOException {
    if (!begin()) {
      return null;
    }
    Map<String, @Nullable String> values = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      switch (name) {
        case "seq", "action", "record_id", "email" -> readField(name);
        case "fields" -> values = newValues(json.nextToken());
        default -> {
          json.nextToken();
          json.skipChildren();
        }
      }
    }
    require(seq > 0, "a row that is sent has a number");
    return new PlannedWrite(
        present(action, "action"), new RowWrite(seq, recordId, email, present(values, "fields")));
  }

  /** Whether there is another row. */
  private boolean begin() throws IOException {
    JsonToken token = json.nextToken();
    if (token == null) {
      return false;
    }
    require(token == JsonToken.START_OBJECT, "a row is an object");
    forgetTheLast();
    return true;
  }

  private Map<String, @Nullable String> newValues(JsonToken start) throws IOException {
    require(start == JsonToken.START_OBJECT, "fields are an object");
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      require(json.nextToken() == JsonToken.START_OBJECT, "a change is an object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isNew = json.currentName().equals("new");
        JsonToken value = json.nextToken();
        if (isNew) {
          values.put(field, text(value));
        }
      }
    }
    return values;
  }

  private void forgetTheLast() {
    seq = -1;
    action = null;
    skip = null;
    key = null;
    recordId = null;
    email = null;
    fields = null;
    reasons = List.of();
    after = null;
    content = null;
    drift = Map.of();
  }

  private void readField(String name) throws IOException {
    JsonToken value = json.nextToken();
    switch (name) {
      case "seq" -> seq = json.getLongValue();
      case "action" -> action = PlanAction.of(json.getText());
      case "skip_reason" -> skip = SkipReason.valueOf(json.getText());
      case "key" -> key = text(value);
      case "record_id" -> recordId = text(value);
      case "email" -> email = text(value);
      case "fields" -> fields = changes(value);
      case "reasons" -> reasons = texts(value);
      case "after" -> after = acknowledged(value);
      case "content" -> content = text(value);
      case "drift" -> drift = map(value);
      default -> json.skipChildren();
    }
  }

  private Map<String, FieldChange> changes(JsonToken start) throws IOException {
    require(start == JsonToken.START_OBJECT, "fields are an object");
    Map<String, FieldChange> changes = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      Map<String, @Nullable String> change = map(json.nextToken());
      changes.put(name, new FieldChange(change.get("old"), change.get("new")));
    }
    return changes;
  }

  private List<String> texts(JsonToken start) throws IOException {
    require(start == JsonToken.START_ARRAY, "reasons are an array");
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getText());
    }
    return texts;
  }

  private Acknowledged acknowledged(JsonToken start) throws IOException {
    require(start == JsonToken.START_OBJECT, "after is an object");
    Map<String, @Nullable String> values = Map.of();
    boolean isMql = false;
    String level = null;
    String episodeMqlAt = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "fields" -> values = map(value);
        case "is_mql" -> isMql = json.getBooleanValue();
        case "level" -> level = text(value);
        case "episode_mql_at" -> episodeMqlAt = text(value);
        default -> json.skipChildren();
      }
    }
    return new Acknowledged(
        values, isMql, level, episodeMqlAt == null ? null : Instant.parse(episodeMqlAt));
  }

  private Map<String, @Nullable String> map(JsonToken start) throws IOException {
    require(start == JsonToken.START_OBJECT, "values are an object");
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      values.put(name, text(json.nextToken()));
    }
    return values;
  }

  private @Nullable String text(JsonToken value) throws IOException {
    require(value.isScalarValue(), "a value is no object");
    return value == JsonToken.VALUE_NULL ? null : json.getText();
  }

  private static <T> T present(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("a row has no " + name);
    }
    return value;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }
}
