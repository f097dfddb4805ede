package dev.ripen.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the fold must remember of a person to go on. Belongs to one model, by fingerprint. */
final class FoldState {
  final String fingerprint;
  final Awards[] awards;
  final RecentAwards[] recent;
  final Map<SignalKey, Long> seenSignals;
  final Set<StatusChange> seenStatuses;
  final List<ScoreCard.Episode> episodes;

  long untilMicros = Long.MIN_VALUE;

  /** Null until facts have been seen. */
  @Nullable Attributes attributes;

  /** Given or taken from the first signal; null while neither is known. */
  @Nullable Long createdAtMicros;

  @Nullable Long lastActivityAtMicros;

  /** The latest; null if none is known. */
  @Nullable String status;

  /** Whether an auto-qualifying signal awaits a check. */
  boolean autoQualified;

  /** Whether the open episode has been at or above {@code lapse-below}. */
  boolean mayLapse;

  /** Whether the condition failed at some check since the last episode closed. */
  boolean missedSinceClosing = true;

  /** What makes two deliveries copies of one signal. */
  record SignalKey(int rule, String visitorId, String eventId) {}

  /** Facts that count for the whole timeline: if they change, the fold must start over. */
  record Attributes(
      @Nullable Long createdAtMicros,
      Set<String> holds,
      @Nullable String excludedBecause,
      @Nullable String segment) {
    static Attributes of(IndexedModel model, Facts facts) {
      Set<String> holds =
          facts.attributes().holds().stream()
              .filter(rule -> model.find(rule) != null)
              .collect(Collectors.toUnmodifiableSet());
      return new Attributes(
          facts.createdAtMicros(),
          holds,
          facts.attributes().excludedBecause(),
          facts.attributes().segment());
    }
  }

  FoldState(String fingerprint, int rules) {
    this(
        fingerprint,
        new Awards[rules],
        new RecentAwards[rules],
        new HashMap<>(),
        new HashSet<>(),
        new ArrayList<>());
  }

  private FoldState(
      String fingerprint,
      Awards[] awards,
      RecentAwards[] recent,
      Map<SignalKey, Long> seenSignals,
      Set<StatusChange> seenStatuses,
      List<ScoreCard.Episode> episodes) {
    this.fingerprint = fingerprint;
    this.awards = awards;
    this.recent = recent;
    this.seenSignals = seenSignals;
    this.seenStatuses = seenStatuses;
    this.episodes = episodes;
  }

  static FoldState start(IndexedModel model) {
    FoldState state = new FoldState(model.model.fingerprint(), model.rules.size());
    for (IndexedModel.IndexedRule rule : model.rules) {
      state.awards[rule.index()] = new Awards();
      state.recent[rule.index()] = RecentAwards.forFrequency(rule.rule().frequency());
    }
    return state;
  }

  FoldState copy() {
    FoldState copy =
        new FoldState(
            fingerprint,
            new Awards[awards.length],
            new RecentAwards[recent.length],
            new HashMap<>(seenSignals),
            new HashSet<>(seenStatuses),
            new ArrayList<>(episodes));
    for (int i = 0; i < awards.length; i++) {
      copy.awards[i] = awards[i].copy();
      copy.recent[i] = recent[i].copy();
    }
    copy.untilMicros = untilMicros;
    copy.attributes = attributes;
    copy.createdAtMicros = createdAtMicros;
    copy.lastActivityAtMicros = lastActivityAtMicros;
    copy.status = status;
    copy.autoQualified = autoQualified;
    copy.mayLapse = mayLapse;
    copy.missedSinceClosing = missedSinceClosing;
    return copy;
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
}
