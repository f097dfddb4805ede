package dev.ripen.scoring;

import dev.ripen.scoring.Episodes.Standing;
import dev.ripen.scoring.History.Occurrence;
import dev.ripen.scoring.IndexedModel.IndexedRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a person's facts in time order.
 *
 * <p>Between two local midnights sums change only by events. So decayed sums are worked out at most
 * once per day on which something happens, and an award only adds to them. They are not even worked
 * out on a day on which they cannot matter: while an episode is open that cannot lapse, and while
 * the sums of an earlier day, which are greater unless something negative decays, do not reach the
 * threshold.
 */
final class Fold {
  private final ModelTimeline models;
  private final FoldState state;
  private final Facts facts;
  private final @Nullable Journal journal;
  private final long[] sums;
  private int version;
  private Standing standing;
  private final Episodes episodes;
  private final Awarding awarding;
  private @Nullable LocalDay day;

  /** Whether the sums are those of the day. */
  private boolean isSettled;

  Fold(ModelTimeline models, FoldState state, Facts facts, @Nullable Journal journal) {
    this.models = models;
    this.state = state;
    this.facts = facts;
    this.journal = journal;
    sums = new long[models.slots()];
    version = models.versionAt(state.untilMicros);
    standing = standing(models.models.get(version), attributesUntil(state.untilMicros));
    episodes = new Episodes(state, standing, journal);
    awarding = new Awarding(models, state, sums, standing, journal);
  }

  /** Takes the facts that the state has not seen, up to an instant. */
  void run(long untilMicros) {
    for (IndexedRule rule : standing.model().rules) {
      sums[rule.slot()] = startingSum(rule);
    }
    state.known = FoldState.Known.of(facts, untilMicros);
    History history = History.after(state, models, facts, untilMicros);
    resumeDay();
    long at = next(history, state.untilMicros, untilMicros);
    while (at != Long.MAX_VALUE) {
      passNights(at);
      visit(at, history);
      at = next(history, at, untilMicros);
    }
    passNights(untilMicros);
    state.untilMicros = untilMicros;
    enter(untilMicros);
    settleSums();
    standing.totals().read(null);
    settle();
  }

  ScoreCard card() {
    return new Cards(standing, state).write();
  }

  LocalDay day() {
    if (day == null) {
      throw new IllegalStateException("the fold has not been run");
    }
    return day;
  }

  Standing standing() {
    return standing;
  }

  FoldState state() {
    return state;
  }

  private Standing standing(IndexedModel model, Attributes attributes) {
    return new Standing(model, new Totals(model, state, sums), sums, attributes);
  }

  private Attributes attributesUntil(long micros) {
    List<Attributes.Change> changes = FoldState.Known.of(facts, micros).changes();
    return changes.isEmpty() ? facts.attributes() : changes.get(changes.size() - 1).attributes();
  }

  private long startingSum(IndexedRule rule) {
    if (rule.isAttribute()) {
      return standing.attributes().pointsOf(rule.rule());
    }
    return state.awards[rule.slot()].awardedSum();
  }

  /** The next instant after {@code from} at which something may happen. */
  private long next(History history, long from, long untilMicros) {
    long next = history.nextInstant();
    Long created = facts.createdAtMicros();
    if (created != null && created > from && created <= untilMicros) {
      next = Math.min(next, created);
    }
    long start = models.startOf(version + 1);
    return start <= untilMicros ? Math.min(next, start) : next;
  }

  private void visit(long at, History history) {
    boolean newVersion = models.startOf(version + 1) == at;
    if (newVersion) {
      version++;
      startVersion(at);
    }
    Long given = facts.createdAtMicros();
    boolean isCreation = given != null && given == at && state.createdAtMicros == null;
    if (isCreation) {
      create(at);
    }
    List<StatusChange> statuses = history.takeStatuses(at);
    Attributes changed = history.takeAttributes(at);
    Attributes attributes = changed == null ? standing.attributes() : changed;
    List<Occurrence> signals = awarding.unseen(history.takeSignals(at), attributes);
    if (!newVersion && !isCreation && statuses.isEmpty() && changed == null && signals.isEmpty()) {
      settleNight();
      return;
    }
    LocalDay today = enter(at);
    if (!signals.isEmpty() && state.createdAtMicros == null && given == null) {
      create(at);
    }
    if (!statuses.isEmpty() || mustBeExact()) {
      settleSums();
    }
    awarding.begin(at, standing.attributes(), signals, statuses);
    state.begun = true;
    awarding.reset(at, statuses, signals, attributes);
    follow(statuses);
    if (changed != null) {
      change(at, changed);
    }
    awarding.awardAll(at, signals, statuses, today);
    check(at);
  }

  private void follow(List<StatusChange> statuses) {
    for (StatusChange change : statuses) {
      standing.totals().read(null);
      state.status = change.status();
      episodes.apply(change);
      if (standing.model().model.window().exitStatuses().contains(change.status())) {
        state.exited = true;
      }
    }
  }

  private boolean mustBeExact() {
    return journal != null
        || standing.model().readsSumsAtAwards
        || awarding.hasNegativeDecaying()
        || episodes.mayLapse();
  }

  private void check(long at) {
    if (state.createdAtMicros != null && !isDecidedByOldSums(at)) {
      settleSums();
      standing.totals().read(null);
      episodes.check(at);
    }
    if (journal != null) {
      standing.totals().read(null);
      settle();
    }
  }

  /** Whether the check of an instant needs no sums of the day, and then what it leaves behind. */
  private boolean isDecidedByOldSums(long at) {
    if (isSettled || mustBeExact()) {
      return false;
    }
    if (state.hasOpenEpisode()) {
      state.autoQualified = false;
      return true;
    }
    standing.totals().read(null);
    if (state.autoQualified || standing.isMet(state, at)) {
      return false;
    }
    state.missedSinceClosing = true;
    return true;
  }

  /** A night may have ended at an instant at which then nothing happened. */
  private void settleNight() {
    if (journal != null) {
      standing.totals().read(null);
      settle();
    }
  }

  private void settle() {
    if (journal != null) {
      journal.settle(standing.totals().total());
    }
  }

  private void startVersion(long at) {
    judgeBy(standing(models.models.get(version), standing.attributes()));
    if (journal != null) {
      journal.version(at, standing.model().model);
    }
  }

  private void change(long at, Attributes changed) {
    Standing before = standing;
    judgeBy(new Standing(before.model(), before.totals(), sums, changed));
    if (journal != null) {
      journal.attributes(at, standing.model(), before.attributes(), changed);
    }
  }

  private void judgeBy(Standing now) {
    standing = now;
    episodes.judgeBy(now);
    awarding.judgeBy(now);
    for (IndexedRule rule : now.model().rules) {
      if (rule.isAttribute()) {
        sums[rule.slot()] = now.attributes().pointsOf(rule.rule());
      }
    }
  }

  private void create(long at) {
    state.createdAtMicros = at;
    if (journal != null) {
      journal.created(at, standing, facts.createdAtMicros() != null);
    }
  }

  private LocalDay enter(long at) {
    LocalDay current = day;
    if (current != null && current.contains(at)) {
      return current;
    }
    current = models.days.of(at);
    day = current;
    isSettled = false;
    return current;
  }

  private void settleSums() {
    LocalDay today = day;
    if (today == null || isSettled) {
      return;
    }
    for (IndexedRule rule : standing.model().rules) {
      if (!rule.isAttribute()) {
        sums[rule.slot()] = state.awards[rule.slot()].settle(models.curves, today);
      }
    }
    isSettled = true;
  }

  private void resumeDay() {
    if (state.begun) {
      enter(state.untilMicros);
      awarding.nights().mayFall();
    }
  }

  /** The local midnights up to an instant at which something falls due. */
  private void passNights(long at) {
    while (state.begun && day != null) {
      boolean everyNight = episodes.mayLapse() || awarding.nights().mayFallBelowFloor();
      long midnight = everyNight ? day.nextMicros() : awarding.nights().nextDue(day);
      if (midnight > at) {
        return;
      }
      LocalDay before = day;
      LocalDay night = enter(midnight);
      settleSums();
      boolean happened = awarding.nights().pass(before, night);
      standing.totals().read(null);
      if (happened && state.createdAtMicros != null) {
        episodes.check(midnight);
      }
      boolean lapsed = episodes.mayLapse() && episodes.lapses(midnight);
      // What happens at the same instant comes after, and the total is told after all of it.
      if ((happened || lapsed) && midnight < at) {
        settle();
      }
    }
  }
}
