package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.history.RunRecord;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.Pipeline;
import dev.ripen.spark.RejectsTable;
import java.util.List;
import java.util.Map;

/** Notes in the state what somebody decided about rejected rows. */
final class RejectDecision {
  private final Workspace workspace;
  private final Console console;

  RejectDecision(Workspace workspace, Console console) {
    this.workspace = workspace;
    this.console = console;
  }

  /**
   * Decides and commits.
   *
   * @param leads which; empty for all
   * @return how many rejects that was
   */
  long decide(List<String> leads, RejectsTable.Fate fate) {
    DestinationSettings settings = Destinations.only(workspace.project());
    try (Locked ignored = Locked.take(workspace)) {
      new Recovery(workspace, console).recover(settings);
      RunRecord last = workspace.state().lastCommit().orElseThrow(RejectDecision::noRun);
      long rows =
          new RejectsTable(workspace.spark(), workspace.state())
              .decide(settings.name(), leads, fate);
      if (rows > 0) {
        commit(last);
      }
      return rows;
    }
  }

  private void commit(RunRecord last) {
    workspace
        .state()
        .commit(
            new RunRecord(
                last.runId(),
                last.phase(),
                last.asOf(),
                last.startedAt(),
                workspace.clock().instant(),
                last.mode(),
                last.rulesVersion(),
                last.rulesFingerprint(),
                Map.of(),
                last.signalCoverage(),
                last.summary()),
            Pipeline.tables());
  }

  private static ProblemException noRun() {
    return new ProblemException(
        Problem.of(ErrorCode.USAGE_INVALID, "there was no run yet", "start: ripen run"));
  }
}
