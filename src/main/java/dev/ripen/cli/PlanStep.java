package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.DestinationSettings.Create;
import dev.ripen.crm.WriteAction;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.spark.Pipeline;
import dev.ripen.spark.PlanInput;
import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sync.GuardCounts;
import dev.ripen.sync.GuardResult;
import dev.ripen.sync.LiveResolver;
import dev.ripen.sync.PlanGuards;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.PlanWriter;
import dev.ripen.sync.RecordOwners;
import dev.ripen.sync.RowPlanner;
import dev.ripen.sync.StateFiles;
import java.util.List;

/** From wanted rows to a frozen plan and what the guards say of it; run and plan share it. */
final class PlanStep {
  private PlanStep() {}

  static PlanSummary plan(
      Workspace workspace,
      DestinationSettings settings,
      Connection crm,
      Pipeline pipeline,
      RowPlanner planner,
      StateFiles files,
      String runId) {
    RecordOwners owners = Destinations.owners(workspace, settings);
    try (PlanInput input = pipeline.crmRows(settings, planner);
        PlanWriter writer = new PlanWriter(files, runId);
        LiveResolver resolver =
            crm.isPresent()
                ? new LiveResolver(planner, crm.destination(), owners, input)
                : LiveResolver.withoutReading(planner, owners, input)) {
      while (resolver.hasNext()) {
        writer.add(resolver.next());
      }
      return writer.freeze(
          new PlanSummary(
              runId,
              settings.name(),
              workspace.asOf(),
              workspace.project().definition().fingerprint(),
              workspace.state().committedVersion("ledger"),
              settings.create() == Create.UPSERT ? WriteAction.UPSERT : WriteAction.CREATE,
              input.totals()));
    }
  }

  static List<GuardResult> guards(
      Workspace workspace, DestinationSettings settings, RunReport report) {
    GuardCounts counts =
        new GuardCounts(
            report.leads,
            Destinations.ledgerSize(workspace, settings),
            report.plan.changedKnown(),
            report.plan.create(),
            report.newMqls,
            Destinations.openRejects(workspace, settings),
            report.fingerprint,
            Recovery.baseline(workspace.state(), report.mode));
    return PlanGuards.check(workspace.project().guards(), counts);
  }

  /** The checks that stop a run. */
  static List<Problem> failedChecks(List<CheckResult> checks) {
    return checks.stream()
        .filter(check -> check.status() == CheckResult.Status.FAILED)
        .map(
            check ->
                Problem.of(
                    ErrorCode.CHECK_FAILED,
                    check.model()
                        + ": "
                        + check.name()
                        + " fails for "
                        + RunView.plural(check.failingRows(), "row"),
                    "mend the data or the model, or make the check a warning: -- @check "
                        + check.name()
                        + " warn"))
        .toList();
  }
}
