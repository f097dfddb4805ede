package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.time.LocalDate;
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

  SignalStore.Refresh run(RunDays days) {
    // A thread of its own: Spark reads its settings through the thread's session.
    SparkSession.setActiveSession(run.spark());
    PastPredicates.requireEvents(run);
    ReadAgain again = days.again();
    Optional<SignalCoverage> stored = days.stored();
    stored.ifPresent(have -> requireNoGap(again, have));
    SignalCoverage.Work work = days.work();
    SignalStore.Refresh refresh = run.preview() ? store.preview(work) : store.refresh(work);
    if (work.full() && again.from().isEmpty()) {
      stored
          .flatMap(SignalCoverage::firstEvent)
          .ifPresent(since -> requireHistory(since, refresh.coverage()));
    }
    run.models().add(refresh.checks());
    events.check(run.spark(), run.models(), work.from());
    return refresh.since(stored.filter(have -> !work.full()));
  }

  private static void requireNoGap(ReadAgain again, SignalCoverage have) {
    Optional<LocalDate> to = again.to().filter(last -> last.isBefore(have.from().minusDays(1)));
    if (to.isPresent() && !again.everything()) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              "--to "
                  + to.get()
                  + " would leave out the days until "
                  + have.from()
                  + ", where the state begins",
              "go back step by step, the newest days first: --to "
                  + have.from().minusDays(1)
                  + ", or leave --to out"));
    }
  }

  /** Nobody wants to lose points because a warehouse has dropped old partitions. */
  private static void requireHistory(LocalDate since, SignalCoverage now) {
    LocalDate first = now.firstEvent().orElse(now.through());
    if (first.isAfter(since)) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.GUARD_STOPPED,
              "guard history: the source has no events before "
                  + first
                  + " any more, but the state has read them since "
                  + since
                  + "; to read everything again would forget them",
              "bring them back to the source; or, to forget them, run: ripen run --full-refresh"
                  + " --from "
                  + first));
    }
  }
}
