package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Why one value of one property was refused. */
record PropertyError(String name, String error, String message) {

  /** The array that the API hides as text inside the message of an error. */
  static String hiddenArray(List<PropertyError> errors) {
    ArrayNode array = Json.array();
    for (PropertyError error : errors) {
      ObjectNode node = array.addObject();
      node.put("isValid", false);
      node.put("message", error.message);
      node.put("error", error.error);
      node.put("name", error.name);
      node.put("localizedErrorMessage", error.message);
      node.put("portalId", AccountApi.PORTAL_ID);
    }
    return new String(Json.bytes(array), StandardCharsets.UTF_8);
  }
}
