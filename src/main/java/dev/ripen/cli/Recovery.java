package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.history.RunRecord;
import dev.ripen.history.RunRecord.Phase;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.LedgerTables;
import dev.ripen.spark.Pipeline;
import dev.ripen.spark.StateTables;
import dev.ripen.sync.GuardCounts;
import dev.ripen.sync.PlanPaths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes up what earlier runs left: tables of a run that died, acknowledged rows, baselines. */
final class Recovery {
  private final Workspace workspace;
  private final Console console;

  Recovery(Workspace workspace, Console console) {
    this.workspace = workspace;
    this.console = console;
  }

  /** A run must not rewrite what a later one has told the CRM. */
  void requireNotEarlier(Instant asOf) {
    Optional<RunRecord> last = workspace.state().lastCommit();
    if (last.isPresent() && asOf.isBefore(last.get().asOf())) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.AS_OF_IN_THE_PAST,
              "as of " + asOf + " is earlier than the last run's " + last.get().asOf(),
              "leave out --as-of; for the past there are ripen plan and ripen explain"));
    }
  }

  /**
   * Puts the tables back to the last commit, then folds in what the CRM acknowledged since. After
   * that no run is open: its plan is outdated by the one that is about to be made.
   */
  void recover(DestinationSettings settings) {
    restore();
    for (RunRecord open : openRuns()) {
      boolean sent = !workspace.files().list(PlanPaths.outbox(open.runId())).isEmpty();
      // Without its plan nothing is known of its rows; they are planned anew.
      if (workspace.files().exists(PlanPaths.summary(open.runId()))) {
        fold(settings, open.runId(), open.rulesFingerprint());
      }
      workspace.commit(open.again(Phase.RECOVERED, workspace.clock().instant()));
      workspace.files().delete(PlanPaths.outbox(open.runId()));
      if (sent) {
        console.say("Recovered what the CRM acknowledged in the run " + open.runId() + ".");
      }
    }
  }

  /** Puts the tables back to the last commit: what a process that died had written is gone. */
  void restore() {
    workspace.requireWholeState();
    workspace.state().restoreCommitted(Pipeline.tables());
  }

  /** Runs whose last commit is before their end, oldest first. */
  List<RunRecord> openRuns() {
    Map<String, RunRecord> latest = new LinkedHashMap<>();
    workspace.state().commits().forEach(commit -> latest.put(commit.runId(), commit));
    List<RunRecord> open = new ArrayList<>();
    for (RunRecord run : latest.values()) {
      if (run.phase() == Phase.PLANNED || run.phase() == Phase.INTERRUPTED) {
        open.add(run);
      }
    }
    return open;
  }

  /** Folds a run's outcomes into ledger and rejects; the caller commits. Returns new rejects. */
  long fold(DestinationSettings settings, String runId, String definition) {
    LedgerTables tables = new LedgerTables(workspace.spark(), workspace.state());
    String root = workspace.project().state().path();
    return tables.fold(
        settings.name(),
        runId,
        definition,
        root + "/" + PlanPaths.changes(runId),
        root + "/" + PlanPaths.learned(runId),
        root + "/" + PlanPaths.outbox(runId),
        workspace.clock().instant());
  }

  /** What the last finished runs of the same mode were like, newest first. */
  static List<GuardCounts.PastRun> pastRuns(StateTables state, String mode) {
    Map<String, RunRecord> finished = new LinkedHashMap<>();
    for (RunRecord commit : state.commits()) {
      if (commit.mode().equals(mode) && isFinished(commit.phase())) {
        // A run that was resumed counts where it ended.
        finished.remove(commit.runId());
        finished.put(commit.runId(), commit);
      }
    }
    List<RunRecord> newestFirst = new ArrayList<>(finished.values());
    Collections.reverse(newestFirst);
    return newestFirst.stream().limit(GuardCounts.MOST_RUNS).map(RunReport::pastRun).toList();
  }

  private static boolean isFinished(Phase phase) {
    return phase == Phase.DONE || phase == Phase.INTERRUPTED || phase == Phase.RECOVERED;
  }
}
