package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.DestinationSettings.Mode;
import dev.ripen.config.Project;
import dev.ripen.crm.CrmField;
import dev.ripen.history.RunRecord;
import dev.ripen.history.RunRecord.Phase;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.DatedBetween;
import dev.ripen.spark.HadoopTraffic;
import dev.ripen.spark.Pipeline;
import dev.ripen.spark.ReadAgain;
import dev.ripen.sync.GuardResult;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.StateFiles;
import dev.ripen.sync.SyncResult;
import dev.ripen.sync.SyncRunner;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A nightly run from the sources to the CRM: models, checks, plan, guards, sync. What it writes to
 * the state counts only with its commits; before the first of them nothing was sent, and after a
 * crash between them the next run takes up what the CRM had acknowledged.
 */
final class RunWorkflow {
  private final Workspace workspace;
  private final Console console;
  private final RunView view;
  private final RunReport report = new RunReport();
  private final Project project;
  private final String runId;
  private final Instant startedAt;
  private String coverage = "";

  RunWorkflow(Workspace workspace, Console console, String runId) {
    this.workspace = workspace;
    this.console = console;
    this.view = new RunView(console, 6);
    this.project = workspace.project();
    this.runId = runId;
    this.startedAt = workspace.clock().instant();
    report.runId = runId;
    report.asOf = workspace.asOf();
    report.rulesVersion = project.definition().version();
    report.fingerprint = project.definition().fingerprint();
  }

  RunReport report() {
    return report;
  }

  /**
   * Runs everything for the project's destination.
   *
   * @param always even if the last run's results still stand
   */
  ExitCode run(ReadAgain again, boolean always) {
    DestinationSettings settings = Destinations.only(project);
    report.mode = modeOf(settings);
    long start = System.nanoTime();
    try (Locked ignored = Locked.take(workspace, runId)) {
      workspace.warmUp();
      workspace.graph();
      // While Spark starts: it costs nothing then.
      workspace.requireWholeState();
      view.header(project, workspace.asOf());
      Optional<String> inputs = workspace.inputs();
      if (!always && again.equals(ReadAgain.NOTHING) && stands(inputs)) {
        report.seconds = seconds(start);
        return ExitCode.DONE;
      }
      long files = HadoopTraffic.bytesRead();
      ExitCode exit = connected(settings, again, start);
      if (HadoopTraffic.isAllHere(workspace.spark())) {
        report.fileBytes = HadoopTraffic.bytesRead() - files;
      }
      if (exit == ExitCode.DONE || exit == ExitCode.REJECTED) {
        report.upkeep = new Upkeep(workspace, console).after(runId).orElse(null);
        keepStanding(settings, inputs);
      }
      return exit;
    }
  }

  /** Whether nothing has happened since the last run; it is told then. */
  private boolean stands(Optional<String> inputs) {
    Optional<Standing> same =
        inputs.flatMap(
            now ->
                Standing.read(workspace.files())
                    .filter(
                        run ->
                            run.holds(
                                workspace.log().lastCommit(),
                                now,
                                workspace.asOf(),
                                project.zone())));
    if (same.isEmpty()
        || DatedBetween.any(workspace.state(), same.get().asOf(), workspace.asOf())) {
      return false;
    }
    report.stands(same.get());
    view.unchanged(project, same.get());
    return true;
  }

  /** After everything else that is committed: what comes later is somebody else's work. */
  private void keepStanding(DestinationSettings settings, Optional<String> inputs) {
    boolean asAsked = report.mode.equals(modeOf(settings));
    workspace
        .state()
        .lastCommit()
        .filter(last -> asAsked && last.runId().equals(runId) && last.phase() == Phase.DONE)
        .ifPresent(
            last ->
                inputs.ifPresent(
                    madeOf -> Standing.of(last, madeOf, report).write(workspace.files())));
  }

  private static String modeOf(DestinationSettings settings) {
    return settings.mode().name().toLowerCase(Locale.ROOT);
  }

  private ExitCode connected(DestinationSettings settings, ReadAgain again, long start) {
    try (Connection crm = Connection.open(project, settings, runId, workspace)) {
      console.say("CRM: " + crm.description());
      Recovery recovery = new Recovery(workspace, console);
      recovery.requireNotEarlier(workspace.asOf());
      recovery.recover(settings);
      new CrmReading(workspace, console, report).read(runId, again.everything());
      ExitCode exit = runLocked(settings, crm, again);
      report.seconds = seconds(start);
      return exit;
    }
  }

  private ExitCode runLocked(DestinationSettings settings, Connection crm, ReadAgain again) {
    PlanStep.Order order =
        new PlanStep.Order(workspace, settings, crm, workspace.files(), runId, false, false);
    List<CrmField> fields = order.fields();
    try (Pipeline pipeline =
        new Pipeline(
            workspace.spark(),
            project,
            workspace.graph(),
            workspace.state(),
            workspace.sourcesOfThisRun(),
            workspace.asOf(),
            false)) {
      new ScoringSteps(pipeline, view, report).run(runId, again);
      long start = System.nanoTime();
      PlanSummary plan = PlanStep.plan(order, pipeline, fields);
      report.plan = plan.totals();
      view.step(
          "plan", RunView.plan(plan.totals()), "", RunView.skipped(plan.totals()), seconds(start));
      stopOnChecks(pipeline);
      guards(order);
      coverage = report.coverage;
      boolean lost = LostState.isLikely(workspace, settings, report.plan);
      if (settings.mode() == Mode.SHADOW || lost) {
        report.mode = "shadow";
        report.crmRequests = crm.requests();
        commit(Phase.DONE);
        view.step("sync", "shadow mode: nothing was sent", "", "", 0);
        if (lost) {
          LostState.advice(workspace, settings, report.plan).forEach(view::note);
        }
        return ExitCode.DONE;
      }
      commit(Phase.PLANNED);
    }
    return sync(settings, crm);
  }

  private void stopOnChecks(Pipeline pipeline) {
    report.checks = pipeline.checks();
    List<Problem> failed = PlanStep.failedChecks(report.checks);
    if (!failed.isEmpty()) {
      stopped(failed);
    }
  }

  private void guards(PlanStep.Order order) {
    long start = System.nanoTime();
    report.guards = PlanStep.guards(order, report);
    view.step("guards", RunView.guards(report.guards), "", "", seconds(start));
    List<Problem> problems = GuardResult.problems(report.guards);
    if (!problems.isEmpty()) {
      stopped(problems);
    }
  }

  /** Nothing of this run counts but that it was stopped; the plan stays for a look. */
  private void stopped(List<Problem> problems) {
    workspace.state().restoreCommitted(Pipeline.tables());
    coverage = workspace.state().lastCommit().map(RunRecord::signalCoverage).orElse("");
    commit(Phase.STOPPED);
    throw new ProblemException(problems);
  }

  private ExitCode sync(DestinationSettings settings, Connection crm) {
    long start = System.nanoTime();
    SyncResult result = send(workspace, settings, crm, runId, view, report.plan.toSend());
    report.sync = result;
    report.crmRequests = crm.requests();
    Recovery recovery = new Recovery(workspace, console);
    long newRejects = recovery.fold(settings, runId, report.fingerprint);
    boolean whole = result.deferred() == 0;
    commit(whole ? Phase.DONE : Phase.INTERRUPTED);
    if (whole) {
      workspace.files().delete(dev.ripen.sync.PlanPaths.outbox(runId));
    }
    view.step(
        "sync",
        RunView.number(result.written()) + " written",
        RunView.number(result.rejected()) + " rejected",
        RunView.number(result.deferred()) + " deferred",
        seconds(start));
    result.remarks().forEach(remark -> view.note("! " + remark));
    crm.report(runId, workspace.asOf(), result, report.newMqls);
    Problem problem = result.problem();
    if (problem != null) {
      throw new ProblemException(problem);
    }
    if (result.interrupted()) {
      return ExitCode.UNAVAILABLE;
    }
    return newRejects > 0 ? ExitCode.REJECTED : ExitCode.DONE;
  }

  /** Sends a frozen plan; Ctrl-C ends it after the batches in flight. */
  static SyncResult send(
      Workspace workspace,
      DestinationSettings settings,
      Connection crm,
      String runId,
      RunView view,
      long rows) {
    StateFiles files = workspace.files();
    SyncRunner runner =
        new SyncRunner(
            files, crm.destination(), settings, workspace.project().guards(), workspace.clock());
    workspace.requireLock();
    workspace.whenLockIsLost(runner::stop);
    try (StopSignal ignored = StopSignal.on(runner::stop);
        RunView.Bar bar = view.bar("sending", rows)) {
      return runner.run(runId, bar.progress());
    }
  }

  private void commit(Phase phase) {
    report.seconds =
        java.time.Duration.between(startedAt, workspace.clock().instant()).toMillis() / 1000.0;
    workspace.commit(
        new RunRecord(
            runId,
            phase,
            workspace.asOf(),
            startedAt,
            workspace.clock().instant(),
            report.mode,
            report.rulesVersion,
            report.fingerprint,
            Map.of(),
            coverage,
            report.toJson().toString()));
  }

  static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
