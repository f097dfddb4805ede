package dev.ripen.spark;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Brings the signals up to date. */
final class SignalStep {
  private final RunContext run;
  private final EventModels events;
  private final SignalStore store;

  SignalStep(RunContext run, EventModels events, SignalStore store) {
    this.run = run;
    this.events = events;
    this.store = store;
  }

  Pipeline.Signals run(boolean fullRefresh) {
    // A thread of its own: Spark reads its settings through the thread's session.
    SparkSession.setActiveSession(run.spark());
    PastPredicates.requireEvents(run);
    SignalCoverage.Work work = work(fullRefresh);
    SignalStore.Refresh refresh = run.preview() ? store.preview(work) : store.refresh(work);
    run.models().add(refresh.checks());
    events.check(run.spark(), run.models(), work.from());
    return new Pipeline.Signals(
        refresh.events(),
        refresh.matching(),
        refresh.withoutId(),
        refresh.overLimit(),
        work.full(),
        work.from().datesUntil(work.through().plusDays(1)).count(),
        work.full() ? List.of() : List.copyOf(work.fresh()),
        refresh.coverage().toJson());
  }

  private SignalCoverage.Work work(boolean fullRefresh) {
    Optional<SignalCoverage> stored =
        run.state()
            .lastCommit()
            .filter(commit -> !fullRefresh)
            .flatMap(commit -> SignalCoverage.parse(commit.signalCoverage()));
    return SignalCoverage.plan(
        stored,
        run.rules().signalIds(),
        LocalDate.ofInstant(run.asOf(), ZoneOffset.UTC),
        run.project().signals().historyDays(),
        run.project().signals().lookBackDays());
  }
}
