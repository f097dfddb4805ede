package dev.ripen.scoring;

import dev.ripen.scoring.History.Occurrence;
import dev.ripen.scoring.IndexedModel.IndexedRule;
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
    History history = History.after(state, model, facts, untilMicros);
    Long given = facts.createdAtMicros();
    boolean awaitsCreation = given != null && given > state.untilMicros && given <= untilMicros;
    long at = awaitsCreation ? Math.min(given, history.nextInstant()) : history.nextInstant();
    while (at != Long.MAX_VALUE) {
      if (awaitsCreation && at == given) {
        awaitsCreation = false;
        create(at);
      }
      visit(at, history);
      at = awaitsCreation ? Math.min(given, history.nextInstant()) : history.nextInstant();
    }
    state.untilMicros = untilMicros;
    enter(untilMicros);
    totals.read(sums, null);
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
      return facts.holds().contains(rule.rule().name()) ? rule.rule().microPoints() : 0;
    }
    return state.awards[rule.index()].awardedSum();
  }

  private void visit(long at, History history) {
    LocalDay today = enter(at);
    List<StatusChange> changes = history.takeStatuses(at);
    for (StatusChange change : changes) {
      if (change.status().equals(Episodes.RECYCLED)) {
        reset(change);
      }
    }
    for (StatusChange change : changes) {
      totals.read(sums, null);
      episodes.apply(change);
    }
    Occurrence signal = history.takeSignal(at);
    if (signal != null && state.createdAtMicros == null && givenCreation() == null) {
      create(at);
    }
    while (signal != null) {
      award(signal, today);
      signal = history.takeSignal(at);
    }
    totals.read(sums, null);
    if (state.createdAtMicros != null) {
      episodes.check(at, sums);
    }
    if (journal != null) {
      journal.settle(totals.total());
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

  private void reset(StatusChange cause) {
    long ended = 0;
    for (IndexedRule rule : model.rules) {
      if (!rule.isAttribute()) {
        ended = Math.addExact(ended, sums[rule.index()]);
        sums[rule.index()] = 0;
        state.awards[rule.index()].clear();
      }
    }
    if (journal != null) {
      journal.reset(cause, -ended);
    }
  }

  private void award(Occurrence signal, LocalDay today) {
    int rule = signal.rule().index();
    long at = signal.atMicros();
    long points = signal.microPoints();
    if (points > 0) {
      state.lastActivityAtMicros = at;
    }
    Frequency frequency = signal.rule().rule().frequency();
    if (state.recent[rule].refuses(frequency, at, today)) {
      if (journal != null) {
        journal.refused(signal);
      }
      return;
    }
    state.recent[rule].add(at);
    if (points != 0) {
      state.awards[rule].add(at, points);
      sums[rule] = Math.addExact(sums[rule], points);
    }
    if (journal != null) {
      journal.award(signal);
    }
  }
}
