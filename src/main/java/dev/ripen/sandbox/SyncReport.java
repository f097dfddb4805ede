package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the last sync: from the writes themselves, and from ripen's report if it came.
 *
 * @param runId from the header, or {@code null} for writes without one
 * @param startedAt epoch milliseconds of its first write
 * @param endedAt epoch milliseconds of its last write or report
 * @param rejected as reported, or -1
 * @param asOf as reported, or null
 */
record SyncReport(
    @Nullable String runId,
    long startedAt,
    long endedAt,
    long written,
    long rejected,
    @Nullable String asOf) {
  private static final long BURST_MILLIS = 60_000;

  /** With one more write; a write of another run, or long after the last, starts a new one. */
  static SyncReport afterWrite(
      @Nullable SyncReport last, @Nullable String runId, long at, int written) {
    if (last != null && last.continues(runId, at)) {
      return new SyncReport(
          runId, last.startedAt, at, last.written + written, last.rejected, last.asOf);
    }
    return new SyncReport(runId, at, at, written, -1, null);
  }

  private boolean continues(@Nullable String otherRun, long at) {
    if (runId == null || otherRun == null) {
      return runId == null && otherRun == null && at - endedAt <= BURST_MILLIS;
    }
    return runId.equals(otherRun);
  }

  /** Writes without a run id belong to the run that reports right after them. */
  private boolean isOfRun(String run, long at) {
    return runId == null ? at - endedAt <= BURST_MILLIS : runId.equals(run);
  }

  /** With what ripen says; a report of an unknown run is a sync that wrote nothing before. */
  static SyncReport reported(@Nullable SyncReport last, JsonNode report, long at) {
    String run = Json.text(report, "runId", "");
    boolean same = last != null && last.isOfRun(run, at);
    long started = same ? last.startedAt : at;
    long seen = same ? last.written : 0;
    return new SyncReport(
        run,
        started,
        at,
        report.path("written").asLong(seen),
        report.path("rejected").asLong(0),
        Json.text(report, "asOf"));
  }

  ObjectNode toJson() {
    ObjectNode node = Json.object();
    node.put("runId", runId);
    node.put("startedAt", startedAt);
    node.put("endedAt", endedAt);
    node.put("written", written);
    node.put("rejected", rejected);
    node.put("asOf", asOf);
    return node;
  }

  static @Nullable SyncReport fromJson(JsonNode node) {
    return node.isObject()
        ? new SyncReport(
            Json.text(node, "runId"),
            node.path("startedAt").asLong(),
            node.path("endedAt").asLong(),
            node.path("written").asLong(),
            node.path("rejected").asLong(),
            Json.text(node, "asOf"))
        : null;
  }
}
