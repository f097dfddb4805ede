package dev.ripen.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the fold must remember of a person to go on. Belongs to one timeline of models. */
final class FoldState {
  static final long NEVER = Long.MIN_VALUE;

  final String fingerprint;

  /** Per place of a rule. */
  final Awards[] awards;

  /** Per name of a rule. */
  final RecentAwards[] recent;

  /** Per name: the latest signal or status, of a count rule the latest time that it fired. */
  final long[] lastAt;

  /** Per dimension: what nightly floors gave. */
  final long[] corrections;

  final SeenSignals seenSignals;
  final Set<StatusChange> seenStatuses;
  final List<ScoreCard.Episode> episodes;

  long untilMicros = Long.MIN_VALUE;

  /** Whether anything has happened. */
  boolean begun;

  /** Null until facts have been seen. */
  @Nullable Known known;

  /** Taken from the facts or the first signal; null before that instant. */
  @Nullable Long createdAtMicros;

  @Nullable Long lastActivityAtMicros;

  /** The latest; null if none is known. */
  @Nullable String status;

  /** What nightly floors gave the total. */
  long totalCorrection;

  /** Whether an auto-qualifying signal awaits a check. */
  boolean autoQualified;

  /** Whether the open episode has been at or above {@code lapse-below}. */
  boolean mayLapse;

  /** Whether the condition failed at some check since the last episode closed. */
  boolean missedSinceClosing = true;

  /** When the window opened; {@link #NEVER} before. */
  long windowOpenedAt = NEVER;

  /** Whether an exit has closed the window since. */
  boolean exited;

  /**
   * What makes two deliveries copies of one signal. Ids are kept as hashes of 64 bits: they are
   * most of a state otherwise. That two events of one visitor and rule are taken for one happens
   * once in 10^15 visitors with 200 events each.
   */
  record SignalKey(int name, long visitor, long event) {
    static SignalKey of(int name, String visitorId, String eventId) {
      return new SignalKey(name, Hash64.of(visitorId), Hash64.of(eventId));
    }
  }

  /** Facts that the fold cannot take back: if they change, it must start over. */
  record Known(
      @Nullable Long createdAtMicros, Attributes attributes, List<Attributes.Change> changes) {
    /** Changes up to an instant, oldest first. */
    static Known of(Facts facts, long untilMicros) {
      if (facts.attributeChanges().isEmpty()) {
        return new Known(facts.createdAtMicros(), facts.attributes(), List.of());
      }
      return new Known(
          facts.createdAtMicros(),
          facts.attributes(),
          facts.attributeChanges().stream()
              .filter(change -> change.occurredAtMicros() <= untilMicros)
              .distinct()
              .sorted((a, b) -> Long.compare(a.occurredAtMicros(), b.occurredAtMicros()))
              .toList());
    }
  }

  private FoldState(FoldState other) {
    fingerprint = other.fingerprint;
    awards = Arrays.stream(other.awards).map(Awards::copy).toArray(Awards[]::new);
    recent = Arrays.stream(other.recent).map(RecentAwards::copy).toArray(RecentAwards[]::new);
    lastAt = other.lastAt.clone();
    corrections = other.corrections.clone();
    seenSignals = other.seenSignals.copy();
    seenStatuses = new HashSet<>(other.seenStatuses);
    episodes = new ArrayList<>(other.episodes);
    untilMicros = other.untilMicros;
    begun = other.begun;
    known = other.known;
    createdAtMicros = other.createdAtMicros;
    lastActivityAtMicros = other.lastActivityAtMicros;
    status = other.status;
    totalCorrection = other.totalCorrection;
    autoQualified = other.autoQualified;
    mayLapse = other.mayLapse;
    missedSinceClosing = other.missedSinceClosing;
    windowOpenedAt = other.windowOpenedAt;
    exited = other.exited;
  }

  /** Empty places for so many rules, names of rules, and dimensions. */
  FoldState(String fingerprint, int slots, int names, int dimensions) {
    this.fingerprint = fingerprint;
    awards = new Awards[slots];
    recent = new RecentAwards[names];
    lastAt = new long[names];
    corrections = new long[dimensions];
    seenSignals = new SeenSignals();
    seenStatuses = new HashSet<>();
    episodes = new ArrayList<>();
  }

  static FoldState start(ModelTimeline models) {
    FoldState state =
        new FoldState(models.fingerprint, models.slots(), models.names(), models.dimensions());
    Arrays.setAll(state.awards, slot -> new Awards());
    Arrays.setAll(state.recent, name -> new RecentAwards(models.remembered(name)));
    Arrays.fill(state.lastAt, NEVER);
    return state;
  }

  FoldState copy() {
    return new FoldState(this);
  }

  ScoreCard.@Nullable Episode latestEpisode() {
    return episodes.isEmpty() ? null : episodes.get(episodes.size() - 1);
  }

  boolean hasOpenEpisode() {
    ScoreCard.Episode latest = latestEpisode();
    return latest != null && latest.closedAtMicros() == null;
  }

  void replaceLatest(ScoreCard.Episode episode) {
    episodes.set(episodes.size() - 1, episode);
  }

  /** Whether signals count at an instant. */
  boolean isInWindow(Window window, long atMicros) {
    if (exited) {
      return false;
    }
    if (!window.hasOpening()) {
      return true;
    }
    Long length = window.lengthMicros();
    return windowOpenedAt != NEVER && (length == null || atMicros - windowOpenedAt < length);
  }
}
