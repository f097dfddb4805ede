package dev.ripen.cli;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.Pipeline;
import dev.ripen.spark.ReadAgain;
import dev.ripen.sqlmodel.CheckResult;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The steps from sources to scores, shown and counted; run and plan share them. */
final class ScoringSteps {
  private final Pipeline pipeline;
  private final RunView view;
  private final RunReport report;
  private int checksShown;

  ScoringSteps(Pipeline pipeline, RunView view, RunReport report) {
    this.pipeline = pipeline;
    this.view = view;
    this.report = report;
  }

  /** Leads and signals do not need each other: on two cores they take turns with waiting. */
  void run(String runId, ReadAgain again) {
    pipeline.prepare();
    ExecutorService second = Executors.newSingleThreadExecutor(Daemons.named("ripen-signals"));
    try {
      Future<TimedSignals> signals = second.submit(() -> timed(again));
      long start = System.nanoTime();
      Pipeline.Leads leads = pipeline.leads(again);
      double seconds = RunWorkflow.seconds(start);
      // Else it would depend on which of the two is faster whose checks the first line counts.
      TimedSignals timed = await(signals);
      show(leads, seconds);
      show(timed);
    } finally {
      second.shutdownNow();
    }
    scores(runId);
  }

  private record TimedSignals(Pipeline.Signals signals, double seconds) {}

  private TimedSignals timed(ReadAgain again) {
    long start = System.nanoTime();
    return new TimedSignals(pipeline.signals(again), RunWorkflow.seconds(start));
  }

  private static TimedSignals await(Future<TimedSignals> signals) {
    try {
      return signals.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("The step signals failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the signals were read", e);
    }
  }

  private void show(Pipeline.Leads leads, double seconds) {
    report.leads = leads.people();
    report.identity = leads.identity().orElse(null);
    report.laterLink = leads.laterLink().orElse(null);
    report.models.add(new RunReport.ModelRow("leads", leads.people(), seconds, 0));
    String merged =
        leads
            .sourceRows()
            .map(rows -> RunView.number(rows - leads.people()) + " rows merged")
            .orElse("");
    view.step(
        "leads",
        RunView.number(leads.people()) + (leads.people() == 1 ? " person" : " people"),
        merged,
        RunView.checks(newChecks()),
        seconds);
    view.failedChecks(shown());
    leads.identity().ifPresent(identity -> IdentityNote.lines(identity).forEach(view::note));
    for (Pipeline.CastLoss loss : leads.castLosses()) {
      view.note(
          "! "
              + loss.model()
              + ": "
              + RunView.plural(loss.rows(), "value")
              + " of "
              + loss.column()
              + " could not be cast and became null");
    }
    if (leads.people() == 0) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.GUARD_STOPPED,
              "guard empty-source: the model leads has no rows",
              "look at the source of sql/leads.sql: is the table empty, or the role without"
                  + " rights? Test with: ripen check --live"));
    }
  }

  private void show(TimedSignals timed) {
    Pipeline.Signals signals = timed.signals();
    double seconds = timed.seconds();
    report.events = signals.events();
    report.signals = signals.matching();
    report.coverage = signals.coverage();
    report.models.add(
        new RunReport.ModelRow("signals", signals.matching(), seconds, signals.days()));
    view.step(
        "signals",
        RunView.number(signals.matching()) + " of " + RunView.number(signals.events()) + " events",
        "match a rule",
        "(" + RunView.plural(signals.days(), "day") + (signals.full() ? ")" : " read again)"),
        seconds);
    view.failedChecks(newChecks());
    if (!signals.recomputed().isEmpty()) {
      view.note("new or changed, so read for all days: " + RunView.ruleList(signals.recomputed()));
    }
    if (signals.withoutId() > 0) {
      view.note(
          "! "
              + RunView.plural(signals.withoutId(), "event")
              + " without an event id or visitor id: not scored");
    }
    if (signals.overLimit() > 0) {
      view.note(
          "! "
              + RunView.plural(signals.overLimit(), "signal")
              + " beyond the most per visitor, rule and day: bots, not scored");
    }
  }

  private void scores(String runId) {
    long start = System.nanoTime();
    Pipeline.Scores scores = pipeline.scores(runId);
    double seconds = RunWorkflow.seconds(start);
    report.scored = scores.scored();
    report.excluded = scores.excluded();
    report.withoutSignals = scores.withoutSignals();
    report.mqls = scores.mqls();
    report.newMqls = scores.newMqls();
    report.recentMqls = scores.recentMqls();
    report.models.add(new RunReport.ModelRow("scores", scores.scored(), seconds, 0));
    view.step(
        "scores",
        RunView.number(scores.scored()) + " scored",
        RunView.number(scores.excluded()) + " excluded",
        RunView.checks(newChecks()),
        seconds);
    view.failedChecks(shown());
    pipeline.change().ifPresent(view::note);
    if (scores.scored() > 0 && scores.withoutSignals() == scores.scored()) {
      view.note(
          "! no event belongs to any lead: look at sql/identities.sql (visitor_id must be what"
              + " events call it)");
    }
  }

  private List<CheckResult> newChecks() {
    List<CheckResult> all = pipeline.checks();
    List<CheckResult> fresh = all.subList(checksShown, all.size());
    lastShown = List.copyOf(fresh);
    checksShown = all.size();
    return fresh;
  }

  private List<CheckResult> lastShown = List.of();

  private List<CheckResult> shown() {
    return lastShown;
  }
}
