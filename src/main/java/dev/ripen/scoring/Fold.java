package dev.ripen.scoring;

import dev.ripen.scoring.History.Occurrence;
import dev.ripen.scoring.IndexedModel.IndexedRule;
import dev.ripen.scoring.Journal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a person's facts in time order.
 *
 * <p>Between two local midnights sums change only by events. So decayed sums are worked out once
 * per day on which something happens, and an award only adds to them.
 */
final class Fold {
  private final IndexedModel model;
  private final FoldState state;
  private final @Nullable Journal journal;
  private final Totals totals;
  private final Episodes episodes;
  private final long[] sums;
  private @Nullable LocalDay day;
  private List<CountWatch> watches = List.of();

  Fold(IndexedModel model, FoldState state, @Nullable Journal journal) {
    this.model = model;
    this.state = state;
    this.journal = journal;
    totals = new Totals(model);
    sums = new long[model.rules.size()];
    episodes = new Episodes(model, state, totals, journal);
  }

  /** Takes the facts that the state has not seen, up to an instant. */
  void run(Facts facts, long untilMicros) {
    state.attributes = FoldState.Attributes.of(model, facts);
    for (IndexedRule rule : model.rules) {
      sums[rule.index()] = startingSum(rule, facts);
    }
    watches = CountWatch.resume(model, state, facts);
    History history = History.after(state, model, facts, untilMicros);
    Long given = facts.createdAtMicros();
    boolean awaitsCreation = given != null && given > state.untilMicros && given <= untilMicros;
    long at = awaitsCreation ? Math.min(given, history.nextInstant()) : history.nextInstant();
    resumeDay();
    while (at != Long.MAX_VALUE) {
      passNights(at);
      if (awaitsCreation && at == given) {
        awaitsCreation = false;
        create(at);
      }
      visit(at, history);
      at = awaitsCreation ? Math.min(given, history.nextInstant()) : history.nextInstant();
    }
    passNights(untilMicros);
    state.untilMicros = untilMicros;
    enter(untilMicros);
    totals.read(sums, null);
    if (journal != null) {
      journal.settle(totals.total());
    }
  }

  ScoreCard card() {
    return new Cards(model, state, sums).write();
  }

  LocalDay day() {
    if (day == null) {
      throw new IllegalStateException("the fold has not been run");
    }
    return day;
  }

  private long startingSum(IndexedRule rule, Facts facts) {
    if (rule.isAttribute()) {
      return facts.attributes().holds().contains(rule.rule().name())
          ? rule.rule().microPoints()
          : 0;
    }
    return state.awards[rule.index()].awardedSum();
  }

  private void visit(long at, History history) {
    LocalDay today = enter(at);
    List<StatusChange> changes = history.takeStatuses(at);
    List<Occurrence> signals = history.takeSignals(at);
    if (!signals.isEmpty() && state.createdAtMicros == null && givenCreation() == null) {
      create(at);
    }
    applyResets(changes, signals);
    for (StatusChange change : changes) {
      totals.read(sums, null);
      state.status = change.status();
      episodes.apply(change);
    }
    awardAll(at, signals, today);
    totals.read(sums, null);
    if (state.createdAtMicros != null) {
      episodes.check(at, sums);
    }
    if (journal != null) {
      journal.settle(totals.total());
    }
  }

  private void awardAll(long at, List<Occurrence> signals, LocalDay today) {
    for (Occurrence signal : signals) {
      if (signal.microPoints() > 0) {
        state.lastActivityAtMicros = at;
      }
      award(signal, today);
    }
    for (CountWatch watch : watches) {
      if (watch.becomesEnough(at, signals)) {
        award(Occurrence.ofCount(watch.rule(), at), today);
      }
    }
  }

  private @Nullable Long givenCreation() {
    return state.attributes == null ? null : state.attributes.createdAtMicros();
  }

  private void create(long at) {
    state.createdAtMicros = at;
    if (journal != null) {
      journal.created(at, model, sums, givenCreation() != null);
    }
  }

  private LocalDay enter(long at) {
    LocalDay current = day;
    if (current != null && current.contains(at)) {
      return current;
    }
    current = LocalDay.of(at, model.model.zone());
    day = current;
    for (IndexedRule rule : model.rules) {
      if (rule.curve() != null) {
        sums[rule.index()] = state.awards[rule.index()].settle(rule.curve(), current);
      }
    }
    return current;
  }

  private void resumeDay() {
    if (state.untilMicros != Long.MIN_VALUE) {
      enter(state.untilMicros);
    }
  }

  /** Decay moves at midnight, so an open episode may lapse then. */
  private void passNights(long at) {
    while (day != null && day.nextMicros() <= at && episodes.watchesNights()) {
      long midnight = day.nextMicros();
      enter(midnight);
      totals.read(sums, null);
      boolean lapsed = episodes.lapses(midnight);
      // What happens at the same instant comes after, and the total is told after all of it.
      if (lapsed && journal != null && midnight < at) {
        journal.settle(totals.total());
      }
    }
  }

  private void applyResets(List<StatusChange> changes, List<Occurrence> signals) {
    for (StatusChange change : changes) {
      if (change.status().equals(Episodes.RECYCLED)) {
        for (int i = 0; i < model.dimensions.size(); i++) {
          reset(i, change.occurredAtMicros(), change.status());
        }
      }
    }
    for (Occurrence signal : signals) {
      for (int dimension : signal.rule().resets()) {
        reset(dimension, signal.atMicros(), signal.rule().rule().name());
      }
    }
  }

  private void reset(int dimension, long at, String cause) {
    long ended = 0;
    for (IndexedRule rule : model.rules) {
      if (rule.dimension() == dimension && !rule.isAttribute()) {
        ended = Math.addExact(ended, sums[rule.index()]);
        sums[rule.index()] = 0;
        state.awards[rule.index()].clear();
      }
    }
    if (journal != null) {
      String name = model.dimensions.get(dimension).name();
      journal.reset(at, cause, dimension, name, Math.negateExact(ended));
    }
  }

  private void award(Occurrence signal, LocalDay today) {
    IndexedRule rule = signal.rule();
    RecentAwards recent = state.recent[rule.index()];
    boolean tooOften = recent.refuses(rule.rule().frequency(), signal.atMicros(), today);
    boolean qualifies =
        (rule.rule().effects().autoQualify() == Rule.AutoQualify.ALWAYS)
            && !tooOften
            && !isSuspended();
    state.autoQualified |= qualifies;
    Refusal refusal = refusal(signal, tooOften);
    long points = refusal == null ? cut(signal) : 0;
    if (points == 0 && signal.microPoints() > 0 && refusal == null) {
      refusal = Refusal.NO_ROOM;
    }
    if (refusal == null || qualifies) {
      recent.add(signal.atMicros());
    }
    if (points != 0) {
      state.awards[rule.index()].add(signal.atMicros(), points);
      sums[rule.index()] = Math.addExact(sums[rule.index()], points);
    }
    tell(signal, points, refusal);
  }

  private void tell(Occurrence signal, long points, @Nullable Refusal refusal) {
    if (journal != null && refusal == null) {
      journal.award(signal, points);
    } else if (journal != null && refusal != null) {
      journal.refused(signal, refusal);
    }
  }

  private @Nullable Refusal refusal(Occurrence signal, boolean tooOften) {
    if (signal.microPoints() > 0 && isSuspended()) {
      return Refusal.SUSPENDED;
    }
    if (model.readsSumsAtAwards) {
      totals.read(sums, null);
      Long stopAbove = model.dimensions.get(signal.rule().dimension()).stopAbove();
      if (stopAbove != null && totals.total() > stopAbove) {
        return Refusal.STOPPED;
      }
    }
    return tooOften ? Refusal.TOO_OFTEN : null;
  }

  private long cut(Occurrence signal) {
    long points = signal.microPoints();
    if (points <= 0 || !model.readsSumsAtAwards) {
      return points;
    }
    return Math.min(points, totals.room(signal.rule(), sums[signal.rule().index()]));
  }

  private boolean isSuspended() {
    return state.status != null && model.model.statusEffects().suspending().contains(state.status);
  }
}
