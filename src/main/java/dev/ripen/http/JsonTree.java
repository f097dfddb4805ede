package dev.ripen.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/**
 * Reads JSON as a tree without the members that nobody will look at: an answer to a batch of a
 * hundred is mostly those.
 */
final class JsonTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser json;
  private final Set<String> unread;

  private JsonTree(JsonParser json, Set<String> unread) {
    this.json = json;
    this.unread = unread;
  }

  /** The parser stands before the value; objects lose their members of the names {@code unread}. */
  static JsonNode read(JsonParser json, Set<String> unread) throws IOException {
    JsonToken first = json.nextToken();
    return first == null ? NODES.missingNode() : new JsonTree(json, unread).value(first);
  }

  private JsonNode value(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> NODES.textNode(json.getText());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> json.readValueAsTree();
    };
  }

  private JsonNode object() throws IOException {
    ObjectNode object = NODES.objectNode();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (unread.contains(name)) {
        json.skipChildren();
      } else {
        object.set(name, value(token));
      }
    }
    return object;
  }

  private JsonNode array() throws IOException {
    ArrayNode array = NODES.arrayNode();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      array.add(value(token));
    }
    return array;
  }
}
