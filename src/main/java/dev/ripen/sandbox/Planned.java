package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One contact's accepted write, not yet done.
 *
 * @param target null to create
 * @param set stored values by property; an empty one clears
 * @param asked names that the request wrote: the answer shows them
 * @param traceId of the input, or null
 */
record Planned(
    @Nullable Contact target,
    Map<String, String> set,
    Set<String> asked,
    ArrayNode warnings,
    @Nullable String traceId) {

  Planned withTraceId(@Nullable String newTraceId) {
    return new Planned(target, set, asked, warnings, newTraceId);
  }
}
