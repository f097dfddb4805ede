package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.DestinationSettings.Create;
import dev.ripen.crm.CrmField;
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
import dev.ripen.sync.PlanReader;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.PlanWriter;
import dev.ripen.sync.PlannedRow;
import dev.ripen.sync.RecordOwners;
import dev.ripen.sync.RowPlanner;
import dev.ripen.sync.StateFiles;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** From wanted rows to a frozen plan and what the guards say of it; run and plan share it. */
final class PlanStep {
  private PlanStep() {}

  /**
   * What a plan is made from.
   *
   * @param files where it goes
   * @param live whether every row that may change is compared with the CRM
   * @param preview whether the state stays as it is
   */
  record Order(
      Workspace workspace,
      DestinationSettings settings,
      Connection crm,
      StateFiles files,
      String runId,
      boolean live,
      boolean preview) {

    /** The CRM's fields as they are remembered, else as the CRM has them. */
    List<CrmField> fields() {
      return KnownFields.load(workspace.files(), settings).orElseGet(this::askForFields);
    }

    /** Makes sure that all fields are there. */
    List<CrmField> askForFields() {
      List<CrmField> fields =
          KnownFields.ours(settings, Destinations.fields(workspace, settings, crm));
      if (!preview && crm.isPresent()) {
        KnownFields.save(workspace.files(), settings, fields);
      }
      return fields;
    }
  }

  /**
   * Makes a frozen plan.
   *
   * @param fields as {@link Order#fields} gave them at the start
   */
  static PlanSummary plan(Order order, Pipeline pipeline, List<CrmField> fields) {
    PlanSummary summary = planWith(order, pipeline, fields);
    if (summary.totals().toSend() == 0 || !order.crm().isPresent()) {
      return summary;
    }
    // What is remembered may be outdated; with something to send, a request more does not matter.
    List<CrmField> now = order.askForFields();
    return now.equals(fields) ? summary : planWith(order, pipeline, now);
  }

  private static PlanSummary planWith(Order order, Pipeline pipeline, List<CrmField> fields) {
    Workspace workspace = order.workspace();
    DestinationSettings settings = order.settings();
    Connection crm = order.crm();
    String definition = workspace.project().definition().fingerprint();
    RowPlanner pure = RowPlanner.of(settings, fields, workspace.project().zone(), definition);
    RowPlanner planner = order.live() ? pure.readingAll() : pure;
    RecordOwners owners = Destinations.owners(workspace, settings);
    try (PlanInput input = pipeline.crmRows(settings, planner);
        PlanWriter writer = new PlanWriter(order.files(), order.runId());
        LiveResolver resolver =
            crm.isPresent()
                ? new LiveResolver(planner, crm.destination(), owners, input)
                : LiveResolver.withoutReading(planner, owners, input)) {
      while (resolver.hasNext()) {
        writer.add(resolver.next());
      }
      return writer.freeze(
          new PlanSummary(
              order.runId(),
              settings.name(),
              workspace.asOf(),
              definition,
              workspace.state().committedVersion("ledger"),
              settings.create() == Create.UPSERT ? WriteAction.UPSERT : WriteAction.CREATE,
              input.totals()));
    }
  }

  /** What the guards say of a frozen plan. */
  static List<GuardResult> guards(Order order, RunReport report) {
    Workspace workspace = order.workspace();
    DestinationSettings settings = order.settings();
    GuardCounts counts =
        new GuardCounts(
            report.leads,
            Destinations.ledgerSize(workspace, settings),
            report.plan.changedKnown(),
            report.plan.create(),
            report.newMqls,
            waitingRejects(order, report),
            report.fingerprint,
            Recovery.pastRuns(workspace.state(), report.mode));
    return PlanGuards.check(workspace.project().guards(), counts);
  }

  /** Rejects that wait for someone; not those whose rows were mended and are in the plan. */
  private static long waitingRejects(Order order, RunReport report) {
    if (order.workspace().project().guards().rejectLimit().isEmpty()) {
      return 0;
    }
    Set<String> leads = Destinations.leadsWithRejects(order.workspace(), order.settings());
    if (!leads.isEmpty()) {
      try (Stream<PlannedRow> rows = new PlanReader(order.files()).changes(order.runId())) {
        rows.forEach(row -> leads.remove(row.leadId()));
      }
    }
    // A row that is as the CRM has it is not blocked either.
    return Math.min(leads.size(), report.plan.blocked());
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
