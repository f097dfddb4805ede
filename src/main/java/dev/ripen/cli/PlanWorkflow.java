package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.crm.CrmField;
import dev.ripen.spark.Pipeline;
import dev.ripen.spark.ReadAgain;
import dev.ripen.sync.GuardResult;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.StateFiles;
import java.util.List;

/** Plans without writing to the state: the same steps as a run, to files of its own. */
final class PlanWorkflow {
  private final Workspace workspace;
  private final Console console;
  private final String runId;
  private final StateFiles files;
  private final RunReport report = new RunReport();
  private List<GuardResult> guards = List.of();

  PlanWorkflow(Workspace workspace, Console console, String runId, StateFiles files) {
    this.workspace = workspace;
    this.console = console;
    this.runId = runId;
    this.files = files;
  }

  /**
   * Makes a frozen plan.
   *
   * @param live whether to compare every row that may change with the CRM itself
   */
  PlanSummary plan(boolean live) {
    DestinationSettings settings = Destinations.only(workspace.project());
    report.mode = settings.mode().name().toLowerCase(java.util.Locale.ROOT);
    report.fingerprint = workspace.project().definition().fingerprint();
    RunView view = new RunView(console, 4);
    workspace.warmUp();
    workspace.graph();
    view.header(workspace.project(), workspace.asOf());
    try (Connection crm = Connection.open(workspace.project(), settings, runId, workspace);
        Pipeline pipeline = workspace.pipeline(true)) {
      console.say("CRM: " + crm.description());
      PlanStep.Order order = new PlanStep.Order(workspace, settings, crm, files, runId, live, true);
      List<CrmField> fields = order.fields();
      new ScoringSteps(pipeline, view, report).run(runId, ReadAgain.NOTHING);
      long start = System.nanoTime();
      PlanSummary summary = PlanStep.plan(order, pipeline, fields);
      report.plan = summary.totals();
      view.step(
          "plan",
          RunView.plan(summary.totals()),
          "",
          RunView.skipped(summary.totals()),
          RunWorkflow.seconds(start));
      guards = PlanStep.guards(order, report);
      PlanProblems.write(files, runId, PlanStep.failedChecks(pipeline.checks()), guards);
      if (LostState.isLikely(workspace, settings, report.plan)) {
        LostState.advice(workspace, settings, report.plan).forEach(view::note);
      }
      return summary;
    }
  }

  List<GuardResult> guards() {
    return guards;
  }
}
