package dev.ripen.scoring;

import dev.ripen.scoring.Qualification.Disqualified;
import dev.ripen.scoring.Qualification.Requalify;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens an episode when the condition is crossed, and follows what sales does with it. */
final class Episodes {
  static final String RECYCLED = "recycled";
  private static final String DISQUALIFIED = "disqualified";
  private static final String LAPSED = "lapsed";

  private final IndexedModel model;
  private final FoldState state;
  private final Totals totals;
  private final @Nullable Journal journal;
  private final Qualification qualification;

  Episodes(IndexedModel model, FoldState state, Totals totals, @Nullable Journal journal) {
    this.model = model;
    this.state = state;
    this.totals = totals;
    this.journal = journal;
    qualification = model.model.qualification();
  }

  /** The totals are those after the resets of the instant. */
  void apply(StatusChange change) {
    if (journal != null) {
      journal.status(change);
    }
    ScoreCard.Episode open = state.latestEpisode();
    if (open == null || open.closedAtMicros() != null) {
      return;
    }
    switch (change.status()) {
      case "accepted", "opportunity", "customer" -> accept(open, change);
      case RECYCLED, DISQUALIFIED ->
          close(open, change.occurredAtMicros(), change.status(), change.reason());
      default -> {}
    }
  }

  /** The one check of an instant. */
  void check(long atMicros, long[] sums) {
    boolean isMet = isMet();
    boolean crosses = (isMet && state.missedSinceClosing) || (state.autoQualified && !isExcluded());
    state.autoQualified = false;
    state.missedSinceClosing |= !isMet;
    if (state.hasOpenEpisode()) {
      lapses(atMicros);
    } else if (crosses && mayOpen()) {
      open(atMicros, sums);
    }
  }

  /** Whether midnights matter. */
  boolean watchesNights() {
    return qualification.lapseBelow() != null && state.hasOpenEpisode();
  }

  /** Closes the open episode if the total has fallen below the limit. */
  boolean lapses(long atMicros) {
    ScoreCard.Episode open = state.latestEpisode();
    Long least = qualification.lapseBelow();
    if (open == null || least == null) {
      return false;
    }
    boolean isBelow = totals.total() < least;
    if (isBelow && state.mayLapse) {
      close(open, atMicros, LAPSED, null);
      return true;
    }
    state.mayLapse |= !isBelow;
    return false;
  }

  private boolean isExcluded() {
    return state.attributes != null && state.attributes.excludedBecause() != null;
  }

  private long threshold() {
    String segment = state.attributes == null ? null : state.attributes.segment();
    Long own = segment == null ? null : qualification.segmentThresholds().get(segment);
    return own != null ? own : qualification.threshold();
  }

  private boolean isMet() {
    if (isExcluded()) {
      return false;
    }
    for (int i = 0; i < model.minimums.length; i++) {
      Long least = model.minimums[i];
      if (least != null && totals.dimension(i) < least) {
        return false;
      }
    }
    long total = totals.total();
    return qualification.strictlyAbove() ? total > threshold() : total >= threshold();
  }

  private boolean mayOpen() {
    ScoreCard.Episode latest = state.latestEpisode();
    if (latest == null) {
      return true;
    }
    if (latest.closedBy() == null || qualification.requalify() == Requalify.NEVER) {
      return false;
    }
    return switch (latest.closedBy()) {
      case DISQUALIFIED -> qualification.disqualified() == Disqualified.MAY_RETURN;
      case LAPSED -> qualification.requalify() == Requalify.ON_CROSSING;
      default -> true;
    };
  }

  private void open(long at, long[] sums) {
    state.missedSinceClosing = false;
    Long lapseBelow = qualification.lapseBelow();
    state.mayLapse = lapseBelow != null && totals.total() >= lapseBelow;
    Cards cards = new Cards(model, state, sums);
    List<ScoreCard.Contribution> contributions = cards.contributions();
    Map<String, Long> dimensions = cards.dimensions(totals);
    ScoreCard.Episode episode =
        new ScoreCard.Episode(
            state.episodes.size() + 1,
            at,
            totals.total(),
            dimensions,
            cards.level(totals.total()),
            Reasons.of(contributions),
            model.model.version(),
            null,
            null,
            null,
            null);
    state.episodes.add(episode);
    if (journal != null) {
      journal.opened(episode, isMet() ? condition(episode.scoreAtMql()) : "qualifies at once");
    }
  }

  private String condition(long total) {
    String sign = qualification.strictlyAbove() ? " > " : " ≥ ";
    return Points.text(total) + sign + Points.text(threshold());
  }

  private void accept(ScoreCard.Episode open, StatusChange change) {
    if (open.acceptedAtMicros() == null) {
      state.replaceLatest(with(open, change.occurredAtMicros(), null, null, null));
    }
  }

  private void close(ScoreCard.Episode open, long at, String by, @Nullable String reason) {
    state.replaceLatest(with(open, open.acceptedAtMicros(), at, by, reason));
    state.missedSinceClosing = !isMet();
    if (journal != null) {
      journal.closed(open, at, by, reason);
    }
  }

  private static ScoreCard.Episode with(
      ScoreCard.Episode episode,
      @Nullable Long acceptedAt,
      @Nullable Long closedAt,
      @Nullable String closedBy,
      @Nullable String reason) {
    return new ScoreCard.Episode(
        episode.number(),
        episode.openedAtMicros(),
        episode.scoreAtMql(),
        episode.dimensionsAtMql(),
        episode.levelAtMql(),
        episode.reasonsAtMql(),
        episode.versionAtMql(),
        acceptedAt,
        closedAt,
        closedBy,
        reason);
  }
}
