package dev.ripen.notify;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How a run ended, as far as messages go. What could not be found out is empty and changes nothing.
 *
 * @param command {@code run} or {@code sync}
 * @param zone in which people read times
 * @param causes stable names of what stopped or failed it: error codes, guards, checks; sorted
 * @param details lines for people: what and how to fix; no secret, nobody's data
 * @param openRejects rows that wait as rejects after the run
 * @param newestEvent the time of the newest event that matches a rule
 * @param seconds how long a whole run took
 */
public record RunOutcome(
    String project,
    String command,
    String runId,
    Instant asOf,
    ZoneId zone,
    End end,
    List<String> causes,
    List<String> details,
    OptionalLong openRejects,
    Optional<Instant> newestEvent,
    OptionalDouble seconds) {
  public RunOutcome {
    requireNonNull(project);
    requireNonNull(command);
    requireNonNull(runId);
    requireNonNull(asOf);
    requireNonNull(zone);
    requireNonNull(end);
    causes = List.copyOf(causes);
    details = List.copyOf(details);
  }

  /** The end in one word. */
  public enum End {
    /** To its end, with or without rejects. */
    DONE,
    /** A check or a guard stopped it before anything was sent. */
    STOPPED,
    /** Anything else. */
    FAILED
  }
}
