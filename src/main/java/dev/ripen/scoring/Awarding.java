package dev.ripen.scoring;

import dev.ripen.scoring.Episodes.Standing;
import dev.ripen.scoring.History.Occurrence;
import dev.ripen.scoring.IndexedModel.IndexedDimension;
import dev.ripen.scoring.IndexedModel.IndexedRule;
import dev.ripen.scoring.Journal.Refusal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resets and awards of an instant: what conditions, frequencies and caps let through. */
final class Awarding {
  private final ModelTimeline models;
  private final FoldState state;
  private final long[] sums;
  private final @Nullable Journal journal;
  private final Nights nights;
  private final @Nullable SignalLog log;
  private final BitSet wasTrue = new BitSet();
  private int loggedBefore;
  private boolean hasNegativeDecaying;
  private Standing standing;

  Awarding(
      ModelTimeline models,
      FoldState state,
      long[] sums,
      Standing standing,
      @Nullable Journal journal) {
    this.models = models;
    this.state = state;
    this.sums = sums;
    this.standing = standing;
    this.journal = journal;
    nights = new Nights(state, sums, standing, journal);
    log = models.hasDerivedRules ? SignalLog.of(state, models.zone) : null;
    for (Awards awards : state.awards) {
      hasNegativeDecaying |= awards.hasNegativeDecaying();
    }
  }

  /** Whether a sum may grow by the passing of time. */
  boolean hasNegativeDecaying() {
    return hasNegativeDecaying;
  }

  void judgeBy(Standing now) {
    standing = now;
    nights.judgeBy(now);
  }

  Nights nights() {
    return nights;
  }

  /** The signals whose predicates over the lead hold and that are no copies; marks them as seen. */
  List<Occurrence> unseen(List<Occurrence> signals, Attributes attributes) {
    List<Occurrence> unseen = new ArrayList<>(signals.size());
    for (Occurrence signal : signals) {
      if (History.holds(signal.rule(), attributes)
          && state.seenSignals.add(signal.key(), signal.atMicros())) {
        unseen.add(signal);
      }
    }
    return unseen;
  }

  /** Before anything of an instant: remembers what was true, and that its signals are here. */
  void begin(long at, Attributes before, List<Occurrence> signals, List<StatusChange> statuses) {
    nights.mayFall();
    wasTrue.clear();
    for (IndexedRule rule : standing.model().derivedRules) {
      if (rule.rule().trigger() instanceof Trigger.AllOf all) {
        // Before the first instant nothing was true, also what only attributes say.
        wasTrue.set(rule.slot(), state.begun && isTrue(rule, all, before, at));
      }
    }
    loggedBefore = log == null ? 0 : log.size();
    for (Occurrence signal : signals) {
      state.lastAt[signal.rule().name()] = at;
      if (log != null) {
        log.add(at, signal.key());
      }
    }
    for (IndexedRule rule : standing.model().statusRules) {
      if (statuses.stream().anyMatch(change -> isOf(rule, change))) {
        state.lastAt[rule.name()] = at;
      }
    }
  }

  private static boolean isOf(IndexedRule rule, StatusChange change) {
    return ((Trigger.Status) rule.rule().trigger()).statuses().contains(change.status());
  }

  /** Ends earlier awards: an opening of the window, statuses, signals that reset. */
  void reset(
      long at, List<StatusChange> statuses, List<Occurrence> signals, Attributes attributes) {
    openWindow(at, statuses, signals);
    for (StatusChange change : statuses) {
      standing
          .model()
          .model
          .statusEffects()
          .resets()
          .getOrDefault(change.status(), Set.of())
          .stream()
          .map(standing.model()::number)
          .sorted()
          .forEach(dimension -> end(dimension, at, change.status()));
    }
    for (IndexedRule rule : standing.model().statusRules) {
      boolean fires =
          History.holds(rule, attributes)
              && statuses.stream().anyMatch(change -> isOf(rule, change));
      if (fires) {
        rule.resets().forEach(dimension -> end(dimension, at, rule.rule().name()));
      }
    }
    for (Occurrence signal : signals) {
      for (int dimension : signal.rule().resets()) {
        end(dimension, at, signal.rule().rule().name());
      }
    }
  }

  private void openWindow(long at, List<StatusChange> statuses, List<Occurrence> signals) {
    Window window = standing.model().model.window();
    boolean opens =
        signals.stream().anyMatch(s -> window.openingRules().contains(s.rule().rule().name()))
            || statuses.stream().anyMatch(s -> window.openingStatuses().contains(s.status()));
    if (!opens) {
      return;
    }
    state.windowOpenedAt = at;
    state.exited = false;
    if (journal != null) {
      journal.window(at);
    }
    for (IndexedDimension dimension : standing.model().dimensions) {
      end(dimension.number(), at, "window");
    }
  }

  private void end(int dimension, long at, String cause) {
    long ended = state.corrections[dimension];
    boolean endsSomething = ended != 0;
    state.corrections[dimension] = 0;
    // Else the points that the floor gave would stay when what they made up for is gone.
    state.totalCorrection = 0;
    for (IndexedRule rule : standing.model().rules) {
      if (rule.dimension() == dimension && !rule.isAttribute()) {
        ended = Math.addExact(ended, sums[rule.slot()]);
        endsSomething |= state.awards[rule.slot()].size() > 0;
        sums[rule.slot()] = 0;
        state.awards[rule.slot()].clear();
      }
    }
    if (journal != null && endsSomething) {
      String name = standing.model().nameOfDimension(dimension);
      journal.reset(at, cause, dimension, name, Math.negateExact(ended));
    }
  }

  /** Awards of the rules with signals or statuses, then of those that look at them. */
  void awardAll(long at, List<Occurrence> signals, List<StatusChange> statuses, LocalDay today) {
    for (Occurrence signal : withStatuses(at, signals, statuses)) {
      if (signal.microPoints() > 0) {
        state.lastActivityAtMicros = at;
      }
      award(signal, today);
    }
    for (IndexedRule rule : standing.model().derivedRules) {
      if (becomesTrue(rule, at)) {
        state.lastAt[rule.name()] = at;
        award(Occurrence.of(rule, at), today);
      }
    }
  }

  private List<Occurrence> withStatuses(
      long at, List<Occurrence> signals, List<StatusChange> statuses) {
    if (statuses.isEmpty() || standing.model().statusRules.isEmpty()) {
      return signals;
    }
    List<Occurrence> all = new ArrayList<>(signals);
    for (IndexedRule rule : standing.model().statusRules) {
      for (StatusChange change : statuses) {
        if (isOf(rule, change) && History.holds(rule, standing.attributes())) {
          all.add(Occurrence.of(rule, at));
        }
      }
    }
    Collections.sort(all);
    return all;
  }

  private boolean becomesTrue(IndexedRule rule, long at) {
    if (rule.rule().trigger() instanceof Trigger.AllOf all) {
      return !wasTrue.get(rule.slot()) && isTrue(rule, all, standing.attributes(), at);
    }
    Trigger.Count count = (Trigger.Count) rule.rule().trigger();
    return log != null
        && log.size() > loggedBefore
        && History.holds(rule, standing.attributes())
        && log.isEnough(count, rule.members(), log.size(), at)
        && !log.isEnough(count, rule.members(), loggedBefore, at);
  }

  private boolean isTrue(IndexedRule rule, Trigger.AllOf all, Attributes attributes, long at) {
    if (!History.holds(rule, attributes)) {
      return false;
    }
    for (String member : all.rules()) {
      IndexedRule of = standing.model().find(member);
      boolean there =
          of != null
              && (of.isAttribute()
                  ? attributes.holds().contains(member)
                  : isWithin(of.name(), all.windowMicros(), at));
      if (!there) {
        return false;
      }
    }
    return true;
  }

  private boolean isWithin(int name, @Nullable Long windowMicros, long at) {
    long last = state.lastAt[name];
    return last != FoldState.NEVER && (windowMicros == null || last > at - windowMicros);
  }

  private void award(Occurrence signal, LocalDay today) {
    IndexedRule rule = signal.rule();
    RecentAwards recent = state.recent[rule.name()];
    Refusal condition = condition(rule, signal.atMicros());
    boolean tooOften = recent.refuses(rule.rule().frequency(), signal.atMicros(), today);
    boolean qualifies =
        autoQualifies(rule.rule()) && condition == null && !tooOften && !isSuspended();
    state.autoQualified |= qualifies;
    Refusal refusal = condition != null ? condition : refusal(signal, tooOften);
    long points = refusal == null ? cut(signal) : 0;
    if (points == 0 && signal.microPoints() > 0 && refusal == null) {
      refusal = Refusal.NO_ROOM;
    }
    if (refusal == null || qualifies) {
      recent.add(signal.atMicros());
    }
    if (points != 0) {
      hasNegativeDecaying |= points < 0 && rule.curve() >= 0;
      state.awards[rule.slot()].add(signal.atMicros(), points, rule.curve());
      sums[rule.slot()] = Math.addExact(sums[rule.slot()], points);
    }
    tell(signal, points, refusal);
  }

  private void tell(Occurrence signal, long points, @Nullable Refusal refusal) {
    if (journal == null) {
      return;
    }
    if (refusal == null) {
      journal.award(signal, points, models);
    } else {
      journal.refused(signal, refusal);
    }
  }

  private boolean autoQualifies(Rule rule) {
    return switch (rule.effects().autoQualify()) {
      case NO -> false;
      case ALWAYS -> true;
      case WHEN_HELD -> standing.attributes().holds().contains(rule.autoQualifyKey());
    };
  }

  private @Nullable Refusal condition(IndexedRule rule, long at) {
    Rule.Conditions conditions = rule.rule().conditions();
    if (!state.isInWindow(standing.model().model.window(), at)) {
      return Refusal.OUTSIDE;
    }
    for (int required : rule.requires()) {
      if (!isWithin(required, conditions.withinMicros(), at)) {
        return Refusal.REQUIRES;
      }
    }
    for (int forbidden : rule.unless()) {
      if (isWithin(forbidden, conditions.withinMicros(), at)) {
        return Refusal.UNLESS;
      }
    }
    if (!conditions.minimums().isEmpty() && !reachesMinimums(conditions)) {
      return Refusal.BELOW_MINIMUM;
    }
    boolean inStatus =
        conditions.whileStatus().isEmpty()
            || (state.status != null && conditions.whileStatus().contains(state.status));
    return inStatus ? null : Refusal.OTHER_STATUS;
  }

  private boolean reachesMinimums(Rule.Conditions conditions) {
    standing.totals().read(null);
    return conditions.minimums().entrySet().stream()
        .allMatch(
            least ->
                standing.totals().dimension(standing.model().number(least.getKey()))
                    >= least.getValue());
  }

  private @Nullable Refusal refusal(Occurrence signal, boolean tooOften) {
    if (signal.microPoints() > 0 && isSuspended()) {
      return Refusal.SUSPENDED;
    }
    if (standing.model().readsSumsAtAwards) {
      standing.totals().read(null);
      Long stopAbove = stopAbove(signal.rule().dimension());
      if (stopAbove != null && standing.totals().total() > stopAbove) {
        return Refusal.STOPPED;
      }
    }
    return tooOften ? Refusal.TOO_OFTEN : null;
  }

  private @Nullable Long stopAbove(int number) {
    for (IndexedDimension dimension : standing.model().dimensions) {
      if (dimension.number() == number) {
        return dimension.dimension().stopAbove();
      }
    }
    return null;
  }

  private long cut(Occurrence signal) {
    long points = signal.microPoints();
    if (points <= 0 || !standing.model().readsSumsAtAwards) {
      return points;
    }
    return Math.min(points, standing.totals().room(signal.rule()));
  }

  private boolean isSuspended() {
    return state.status != null
        && standing.model().model.statusEffects().suspending().contains(state.status);
  }
}
