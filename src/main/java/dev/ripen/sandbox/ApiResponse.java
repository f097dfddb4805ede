package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** An answer of the API. */
record ApiResponse(int status, @Nullable JsonNode body) {
  static ApiResponse ok(JsonNode body) {
    return new ApiResponse(200, body);
  }

  static ApiResponse noContent() {
    return new ApiResponse(204, null);
  }
}
