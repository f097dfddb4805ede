package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** An answer other than success, for a whole request or for one input of a batch. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String category;
  private final transient Map<String, List<String>> context;
  private final transient ObjectNode extra = Json.object();

  ApiException(int status, String category, String message, Map<String, List<String>> context) {
    super(message, null, false, false);
    this.status = status;
    this.category = category;
    this.context = new TreeMap<>(context);
  }

  static ApiException validation(String message) {
    return new ApiException(400, "VALIDATION_ERROR", message, Map.of());
  }

  static ApiException invalidProperties(List<PropertyError> errors) {
    return validation("Property values were not valid: " + PropertyError.hiddenArray(errors));
  }

  static ApiException conflict(long existingId) {
    return new ApiException(
        409, "CONFLICT", "Contact already exists. Existing ID: " + existingId, Map.of());
  }

  static ApiException notFound(String message) {
    return new ApiException(404, "OBJECT_NOT_FOUND", message, Map.of());
  }

  static ApiException unauthorized() {
    return new ApiException(
        401,
        "INVALID_AUTHENTICATION",
        "Authentication credentials not found. This API supports OAuth 2.0 authentication and"
            + " you can find more details at"
            + " https://developers.hubspot.com/docs/methods/auth/oauth-overview",
        Map.of());
  }

  static ApiException missingScopes(List<String> scopes) {
    ApiException problem =
        new ApiException(
            403,
            "MISSING_SCOPES",
            "This app hasn't been granted all required scopes to make this call.",
            Map.of());
    ObjectNode error = problem.extra.putArray("errors").addObject();
    error.put("message", "One or more of the following scopes are required.");
    error.putObject("context").set("requiredGranularScopes", Json.strings(scopes));
    return problem;
  }

  ApiException with(String field, String value) {
    extra.put(field, value);
    return this;
  }

  int status() {
    return status;
  }

  String category() {
    return category;
  }

  Map<String, List<String>> context() {
    return context;
  }

  /** The body of a request that failed as a whole. */
  ObjectNode body() {
    ObjectNode body = Json.object();
    body.put("status", "error");
    body.put("message", getMessage());
    body.put("correlationId", UUID.randomUUID().toString());
    body.put("category", category);
    if (!context.isEmpty()) {
      body.set("context", contextNode());
    }
    body.setAll(extra);
    return body;
  }

  /** An item of {@code errors[]} of a partial success. */
  ObjectNode item() {
    ObjectNode item = Json.object();
    item.put("status", "error");
    item.put("category", category);
    item.put("message", getMessage());
    item.set("context", contextNode());
    item.putArray("errors");
    item.putObject("links");
    return item;
  }

  private ObjectNode contextNode() {
    ObjectNode node = Json.object();
    context.forEach((name, values) -> node.set(name, Json.strings(values)));
    return node;
  }
}
