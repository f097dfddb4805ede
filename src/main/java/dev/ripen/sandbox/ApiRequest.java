package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that passed the gate.
 *
 * @param runId of the sync that sent it, or null
 * @param body parsed, or a missing node
 */
record ApiRequest(
    Context http, ApiVersion version, String tokenName, @Nullable String runId, JsonNode body) {

  String path(String name) {
    return http.pathParam(name);
  }

  @Nullable String query(String name) {
    return http.queryParam(name);
  }

  /** A list parameter: separated by commas, or given several times. */
  Set<String> queryList(String name) {
    Set<String> all = new LinkedHashSet<>();
    for (String given : http.queryParams(name)) {
      for (String part : given.split(",", -1)) {
        if (!part.isBlank()) {
          all.add(part.trim());
        }
      }
    }
    return all;
  }

  /** Who wrote, as the history shows it. */
  String source() {
    return runId == null ? tokenName : "ripen run " + runId;
  }
}
