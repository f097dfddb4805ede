package dev.ripen.scoring;

import dev.ripen.scoring.Qualification.Requalify;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens an episode when the condition is crossed, and follows what sales does with it. */
final class Episodes {
  static final String RECYCLED = "recycled";
  private static final String DISQUALIFIED = "disqualified";

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
      case RECYCLED, DISQUALIFIED -> close(open, change);
      default -> {}
    }
  }

  /** The one check of an instant. */
  void check(long atMicros, long[] sums) {
    if (!isMet()) {
      state.missedSinceClosing = true;
    } else if (state.missedSinceClosing && mayOpen()) {
      open(atMicros, sums);
    }
  }

  private boolean isMet() {
    if (state.attributes != null && state.attributes.excludedBecause() != null) {
      return false;
    }
    for (int i = 0; i < model.minimums.length; i++) {
      Long least = model.minimums[i];
      if (least != null && totals.dimension(i) < least) {
        return false;
      }
    }
    long total = totals.total();
    return qualification.strictlyAbove()
        ? total > qualification.threshold()
        : total >= qualification.threshold();
  }

  private boolean mayOpen() {
    ScoreCard.Episode latest = state.latestEpisode();
    if (latest == null) {
      return true;
    }
    return latest.closedAtMicros() != null
        && qualification.requalify() != Requalify.NEVER
        && !DISQUALIFIED.equals(latest.closedBy());
  }

  private void open(long at, long[] sums) {
    state.missedSinceClosing = false;
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
      journal.opened(episode, qualification);
    }
  }

  private void accept(ScoreCard.Episode open, StatusChange change) {
    if (open.acceptedAtMicros() == null) {
      state.replaceLatest(with(open, change.occurredAtMicros(), null, null, null));
    }
  }

  private void close(ScoreCard.Episode open, StatusChange change) {
    state.replaceLatest(
        with(
            open,
            open.acceptedAtMicros(),
            change.occurredAtMicros(),
            change.status(),
            change.reason()));
    state.missedSinceClosing = !isMet();
    if (journal != null) {
      journal.closed(change, open);
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
