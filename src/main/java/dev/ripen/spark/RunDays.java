package dev.ripen.spark;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The days of events that a run reads: decided once, by whichever of its threads asks first. */
final class RunDays {
  private final RunContext run;
  private final EventModels events;
  private final ReadAgain again;
  private SignalCoverage.@Nullable Work work;

  RunDays(RunContext run, EventModels events, ReadAgain again) {
    this.run = run;
    this.events = events;
    this.again = again;
  }

  ReadAgain again() {
    return again;
  }

  /** What the last commit has read. */
  Optional<SignalCoverage> stored() {
    return run.state()
        .lastCommit()
        .flatMap(commit -> SignalCoverage.parse(commit.signalCoverage()));
  }

  /** Asks the source for late days the first time. */
  synchronized SignalCoverage.Work work() {
    SignalCoverage.Work known = work;
    if (known == null) {
      SignalCoverage.Work planned =
          SignalCoverage.plan(
              stored(),
              new SignalCoverage.Wanted(
                  run.rules().signalIds(),
                  LocalDate.ofInstant(run.asOf(), ZoneOffset.UTC),
                  run.project().signals().historyDays(),
                  run.project().signals().lookBackDays()),
              again);
      known = planned.withLate(LateDays.since(stored(), events.tables(run.spark()), planned));
      work = known;
    }
    return known;
  }
}
