package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.history.RunRecord;
import dev.ripen.history.RunRecord.Phase;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sync.PlanPaths;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.SyncResult;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sends a frozen plan of the state outside a run, and commits what became of it. */
final class SendPlan {
  private final Workspace workspace;
  private final Console console;
  private final boolean json;
  private final RunReport report = new RunReport();

  SendPlan(Workspace workspace, Console console, boolean json) {
    this.workspace = workspace;
    this.console = console;
    this.json = json;
  }

  /** Filled while the plan is sent. */
  RunReport report() {
    return report;
  }

  ExitCode send(DestinationSettings settings, PlanSummary summary) {
    report.runId = summary.runId();
    report.asOf = summary.asOf();
    report.rulesVersion = workspace.project().definition().version();
    report.fingerprint = summary.definition();
    report.mode = settings.mode().name().toLowerCase(Locale.ROOT);
    report.plan = summary.totals();
    Optional<RunRecord> last = workspace.state().lastCommit();
    Instant started = workspace.clock().instant();
    commit(report, last, started, Phase.PLANNED);
    RunView view = new RunView(console, 1);
    long start = System.nanoTime();
    try (Connection crm =
        Connection.open(workspace.project(), settings, summary.runId(), workspace)) {
      console.say("CRM: " + crm.description());
      SyncResult result =
          RunWorkflow.send(
              workspace, settings, crm, summary.runId(), view, summary.totals().toSend());
      report.sync = result;
      long newRejects =
          new Recovery(workspace, console).fold(settings, summary.runId(), summary.definition());
      boolean whole = result.deferred() == 0;
      commit(report, last, started, whole ? Phase.DONE : Phase.INTERRUPTED);
      if (whole) {
        workspace.files().delete(PlanPaths.outbox(summary.runId()));
      }
      view.step(
          "sync",
          RunView.number(result.written()) + " written",
          RunView.number(result.rejected()) + " rejected",
          RunView.number(result.deferred()) + " deferred",
          RunWorkflow.seconds(start));
      result.remarks().forEach(remark -> view.note("! " + remark));
      console.result(
          json
              ? report.toJson().toPrettyString()
              : "Sent "
                  + RunView.number(result.written())
                  + " of "
                  + RunView.number(summary.totals().toSend())
                  + " rows.");
      Problem problem = result.problem();
      if (problem != null) {
        throw new ProblemException(problem);
      }
      if (result.interrupted()) {
        return ExitCode.UNAVAILABLE;
      }
      return newRejects > 0 ? ExitCode.REJECTED : ExitCode.DONE;
    }
  }

  private void commit(RunReport report, Optional<RunRecord> last, Instant started, Phase phase) {
    workspace.commit(
        new RunRecord(
            report.runId,
            phase,
            report.asOf,
            started,
            workspace.clock().instant(),
            report.mode,
            report.rulesVersion,
            report.fingerprint,
            Map.of(),
            last.map(RunRecord::signalCoverage).orElse(""),
            report.toJson().toString()));
  }
}
