package dev.ripen.scoring;

import dev.ripen.scoring.Episodes.Standing;
import dev.ripen.scoring.IndexedModel.IndexedDimension;
import dev.ripen.scoring.IndexedModel.IndexedRule;
import org.jspecify.annotations.Nullable;

/** What falls due at local midnights: inactivity first, then nightly floors. */
final class Nights {
  private final FoldState state;
  private final long[] sums;
  private final @Nullable Journal journal;
  private Standing standing;

  /** Whether sums may have changed since the floors were looked at. */
  private boolean mayFall = true;

  Nights(FoldState state, long[] sums, Standing standing, @Nullable Journal journal) {
    this.state = state;
    this.sums = sums;
    this.standing = standing;
    this.journal = journal;
  }

  void judgeBy(Standing now) {
    standing = now;
    mayFall = true;
  }

  /** Something has happened: floors are due at the next midnight. */
  void mayFall() {
    mayFall = true;
  }

  /** Whether the next midnight must be looked at because of a nightly floor. */
  boolean mayFallBelowFloor() {
    return standing.model().hasNightlyFloors && mayFall;
  }

  /**
   * The first midnight after a day's start at which an inactivity rule falls due; {@code
   * Long.MAX_VALUE} for none.
   */
  long nextDue(LocalDay day) {
    long next = Long.MAX_VALUE;
    for (IndexedRule rule : standing.model().silenceRules) {
      long due = dueAfter(rule, day.startMicros());
      if (due != Long.MAX_VALUE) {
        next = Math.min(next, LocalDay.midnightFrom(due, day.zone()));
      }
    }
    return next;
  }

  /** When a rule is due next after an instant; {@code Long.MAX_VALUE} for never in this silence. */
  private long dueAfter(IndexedRule rule, long micros) {
    Long created = state.createdAtMicros;
    if (created == null) {
      return Long.MAX_VALUE;
    }
    Trigger.Inactivity silence = (Trigger.Inactivity) rule.rule().trigger();
    long clock = Math.max(created, lastActivity(rule));
    long first = Math.addExact(clock, silence.afterDays() * LocalDay.DAY_MICROS);
    if (first > micros) {
      return first;
    }
    if (silence.everyDays() == null) {
      return Long.MAX_VALUE;
    }
    long every = silence.everyDays() * LocalDay.DAY_MICROS;
    return Math.addExact(first, ((micros - first) / every + 1) * every);
  }

  private long lastActivity(IndexedRule rule) {
    Long active = state.lastActivityAtMicros;
    if (rule.members().isEmpty()) {
      return active == null ? FoldState.NEVER : active;
    }
    long last = FoldState.NEVER;
    for (int name : rule.members()) {
      last = Math.max(last, state.lastAt[name]);
    }
    return last;
  }

  /**
   * Whether anything was awarded or corrected. The sums must be those of the night.
   *
   * @param before start of the latest day that has passed
   */
  boolean pass(LocalDay before, LocalDay night) {
    boolean awarded = false;
    standing.totals().read(null);
    long total = standing.totals().total();
    for (IndexedRule rule : standing.model().silenceRules) {
      long due = dueAfter(rule, before.startMicros());
      while (due <= night.startMicros()) {
        awarded |= award(rule, night.startMicros(), total);
        due = dueAfter(rule, due);
      }
    }
    return correct(night.startMicros()) || awarded;
  }

  private boolean award(IndexedRule rule, long at, long total) {
    Trigger.Inactivity silence = (Trigger.Inactivity) rule.rule().trigger();
    boolean inBand =
        (silence.above() == null || total > silence.above())
            && (silence.upTo() == null || total <= silence.upTo());
    long points = rule.rule().microPoints();
    if (!inBand || points == 0) {
      return false;
    }
    state.awards[rule.slot()].add(at, points, -1);
    sums[rule.slot()] = Math.addExact(sums[rule.slot()], points);
    if (journal != null) {
      journal.silence(at, rule, points);
    }
    return true;
  }

  private boolean correct(long at) {
    if (!standing.model().hasNightlyFloors) {
      return false;
    }
    boolean corrected = false;
    standing.totals().read(null);
    for (IndexedDimension dimension : standing.model().dimensions) {
      int number = dimension.number();
      long missing = missing(dimension.dimension().limits(), standing.totals().dimension(number));
      if (missing > 0) {
        state.corrections[number] = Math.addExact(state.corrections[number], missing);
        tell(at, dimension.name(), missing);
        corrected = true;
      }
    }
    standing.totals().read(null);
    long missing = missing(standing.model().model.total(), standing.totals().total());
    if (missing > 0) {
      state.totalCorrection = Math.addExact(state.totalCorrection, missing);
      tell(at, "total", missing);
      corrected = true;
    }
    mayFall = corrected || sumsMove();
    return corrected;
  }

  private static long missing(Limits limits, long value) {
    Long floor = limits.floor();
    return IndexedModel.isNightly(limits) && floor != null && value < floor
        ? Math.subtractExact(floor.longValue(), value)
        : 0;
  }

  private void tell(long at, String where, long points) {
    if (journal != null) {
      journal.floor(at, where, points);
    }
  }

  /** Whether another night alone may change a sum. */
  private boolean sumsMove() {
    for (Awards awards : state.awards) {
      for (int i = 0; i < awards.size(); i++) {
        if (awards.curve(i) >= 0) {
          return true;
        }
      }
    }
    return false;
  }
}
