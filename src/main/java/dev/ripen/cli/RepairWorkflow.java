package dev.ripen.cli;

import dev.ripen.config.Project;
import dev.ripen.history.RunRecord;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.Pipeline;
import dev.ripen.spark.StateRepair;
import dev.ripen.spark.StateRepair.Finding;
import dev.ripen.spark.StateTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a damaged state whole. What was not damaged is put back to the last run, as every run does;
 * one commit then names what is left of the others, and lets the next run read everything again
 * where tables come from the sources. Killed in between, it is run again.
 */
final class RepairWorkflow {
  private static final String FORGOTTEN = "forgotten";

  private final Workspace workspace;
  private final boolean acceptLoss;

  RepairWorkflow(Workspace workspace, boolean acceptLoss) {
    this.workspace = workspace;
    this.acceptLoss = acceptLoss;
  }

  /**
   * What was found, and whether it was mended.
   *
   * @param isOnlyRuns whether the other tables could not be looked at yet
   */
  record Result(List<Finding> findings, boolean mended, boolean isOnlyRuns) {
    Result {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Looks, and mends unless it is a dry run.
   *
   * @throws ProblemException {@code STATE_DAMAGED} if it would be lost who was forgotten
   */
  Result run(boolean dryRun) {
    try (Locked ignored = Locked.take(workspace, "repair")) {
      StateRepair repair = new StateRepair(workspace.spark(), workspace.project().state().path());
      List<Finding> findings = new ArrayList<>();
      Optional<Finding> runs = repair.findRuns();
      runs.ifPresent(findings::add);
      if (runs.isPresent() && dryRun) {
        return new Result(findings, false, true);
      }
      runs.ifPresent(repair::mend);
      // Without any run left, the ledger says that there were some.
      StateTables state =
          runs.isPresent() && runs.get().filesLeft() == 0
              ? StateTables.withoutCommits(workspace.spark(), workspace.project().state().path())
              : workspace.state();
      List<Finding> others = repair.find(state);
      findings.addAll(others);
      if (dryRun || findings.isEmpty()) {
        return new Result(findings, false, false);
      }
      requireForgotten(others);
      mend(repair, state, others);
      return new Result(findings, true, false);
    }
  }

  private void mend(StateRepair repair, StateTables state, List<Finding> findings) {
    Set<String> damaged = findings.stream().map(Finding::table).collect(Collectors.toSet());
    Optional<RunRecord> last = state.lastCommit();
    if (last.isPresent()) {
      state.restoreCommitted(
          Pipeline.tables().stream().filter(table -> !damaged.contains(table)).toList());
    }
    findings.forEach(repair::mend);
    boolean again = last.isEmpty() || findings.stream().anyMatch(Finding::isRemade);
    RunRecord commit = commit(state, last, again);
    workspace.requireLock();
    state.commit(commit, Pipeline.tables());
  }

  private RunRecord commit(StateTables state, Optional<RunRecord> last, boolean again) {
    Instant now = workspace.clock().instant();
    Project project = workspace.project();
    String coverage = last.map(RunRecord::signalCoverage).orElse("");
    return new RunRecord(
        last.map(RunRecord::runId).orElse(RunIds.next(workspace.clock())),
        last.map(RunRecord::phase).orElse(RunRecord.Phase.RECOVERED),
        last.map(RunRecord::asOf).orElse(workspace.asOf()),
        last.map(RunRecord::startedAt).orElse(now),
        now,
        last.map(RunRecord::mode).orElse(state.exists("ledger") ? "live" : "shadow"),
        last.map(RunRecord::rulesVersion).orElse(project.definition().version()),
        last.map(RunRecord::rulesFingerprint).orElse(project.definition().fingerprint()),
        Map.of(),
        again ? StateRepair.coverageToReadAgain(state, coverage) : coverage,
        last.map(RunRecord::summary).orElse("{}"));
  }

  /** Nothing else in the state keeps them out. */
  private void requireForgotten(List<Finding> findings) {
    boolean lost =
        findings.stream()
            .anyMatch(
                finding ->
                    finding.table().equals(FORGOTTEN)
                        && !acceptLoss
                        && (finding.filesLost() > 0 || finding.filesLeft() == 0));
    if (lost) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.STATE_DAMAGED,
              "it is lost who was forgotten: the table forgotten cannot be read, and those people"
                  + " would be scored again",
              "bring the directory forgotten of the state back from a backup; or run: ripen repair"
                  + " --accept-loss, and then ripen forget for each of them before the next run"));
    }
  }
}
