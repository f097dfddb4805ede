package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.history.RunRecord;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.RejectsTable;
import java.util.List;

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
    try (Locked ignored = Locked.take(workspace, "rejects")) {
      new Recovery(workspace, console).recover(settings);
      RunRecord last = workspace.state().lastCommit().orElseThrow(RejectDecision::noRun);
      long rows =
          new RejectsTable(workspace.spark(), workspace.state())
              .decide(settings.name(), leads, fate);
      if (rows > 0) {
        workspace.commit(last.again(workspace.clock().instant()));
      }
      return rows;
    }
  }

  private static ProblemException noRun() {
    return new ProblemException(
        Problem.of(ErrorCode.USAGE_INVALID, "there was no run yet", "start: ripen run"));
  }
}
