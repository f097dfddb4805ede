package dev.ripen.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * One row of the table {@code runs}. Writing it commits everything the run has written so far:
 * readers see each state table at the version that the newest row names.
 *
 * @param runId sortable by start, unique
 * @param phase how far it was at this commit
 * @param mode shadow or live
 * @param rulesVersion and fingerprint of the definition
 * @param tableVersions Delta version by state table
 * @param signalCoverage JSON: which rules' signals are stored for which days
 * @param summary JSON, {@code ripen.run/1}
 */
public record RunRecord(
    String runId,
    Phase phase,
    Instant asOf,
    Instant startedAt,
    Instant committedAt,
    String mode,
    String rulesVersion,
    String rulesFingerprint,
    Map<String, Long> tableVersions,
    String signalCoverage,
    String summary) {
  public RunRecord {
    requireNonNull(runId);
    tableVersions = Map.copyOf(tableVersions);
  }

  /** The same run once more, for a commit of the tables as they are by now: no run has happened. */
  public RunRecord again(Instant at) {
    return again(phase, at);
  }

  /** The same run once more, in another phase. */
  public RunRecord again(Phase newPhase, Instant at) {
    return new RunRecord(
        runId,
        newPhase,
        asOf,
        startedAt,
        at,
        mode,
        rulesVersion,
        rulesFingerprint,
        Map.of(),
        signalCoverage,
        summary);
  }

  /** Phases in their order. */
  public enum Phase {
    /** Outcomes of an earlier run's sync were folded into the ledger. */
    RECOVERED,
    /** Scores and the plan are in the state; nothing was sent. */
    PLANNED,
    /** A check or a guard stopped it. */
    STOPPED,
    /** The CRM could not be reached to the end; what it acknowledged is in the ledger. */
    INTERRUPTED,
    /** Everything was sent that was to be sent. */
    DONE
  }
}
