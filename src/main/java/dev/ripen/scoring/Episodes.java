package dev.ripen.scoring;

import dev.ripen.scoring.Qualification.Disqualified;
import dev.ripen.scoring.Qualification.Requalify;
import org.jspecify.annotations.Nullable;

/** Opens an episode when the condition is crossed, and follows what sales does with it. */
final class Episodes {
  static final String RECYCLED = "recycled";
  private static final String DISQUALIFIED = "disqualified";
  private static final String LAPSED = "lapsed";

  private final FoldState state;
  private final @Nullable Journal journal;
  private Standing standing;

  /**
   * What judges at an instant. Compared with nothing: the sums are those of the fold, which change.
   *
   * @param sums per place of a rule
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Standing(IndexedModel model, Totals totals, long[] sums, Attributes attributes) {
    Qualification qualification() {
      return model.model.qualification();
    }

    boolean isExcluded() {
      return attributes.excludedBecause() != null;
    }

    long threshold() {
      String segment = attributes.segment();
      Long own = segment == null ? null : qualification().segmentThresholds().get(segment);
      return own != null ? own : qualification().threshold();
    }

    boolean isMet(FoldState state, long atMicros) {
      if (isExcluded()
          || !attributes.inPopulation()
          || !state.isInWindow(model.model.window(), atMicros)) {
        return false;
      }
      for (IndexedModel.IndexedDimension dimension : model.dimensions) {
        Long least = dimension.minimum();
        if (least != null && totals.dimension(dimension.number()) < least) {
          return false;
        }
      }
      long total = totals.total();
      return qualification().strictlyAbove() ? total > threshold() : total >= threshold();
    }
  }

  Episodes(FoldState state, Standing standing, @Nullable Journal journal) {
    this.state = state;
    this.standing = standing;
    this.journal = journal;
  }

  /** From now on judged by other rules or attributes. */
  void judgeBy(Standing now) {
    standing = now;
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
  void check(long atMicros) {
    boolean isMet = standing.isMet(state, atMicros);
    boolean qualifiesAtOnce =
        state.autoQualified && !standing.isExcluded() && standing.attributes().inPopulation();
    boolean crosses = (isMet && state.missedSinceClosing) || qualifiesAtOnce;
    state.autoQualified = false;
    state.missedSinceClosing |= !isMet;
    if (state.hasOpenEpisode()) {
      lapses(atMicros);
    } else if (crosses && mayOpen()) {
      open(atMicros, isMet);
    }
  }

  /** Whether the open episode may lapse, so that midnights matter. */
  boolean mayLapse() {
    return standing.qualification().lapseBelow() != null && state.hasOpenEpisode();
  }

  /** Closes the open episode if the total has fallen below the limit. */
  boolean lapses(long atMicros) {
    ScoreCard.Episode open = state.latestEpisode();
    Long least = standing.qualification().lapseBelow();
    if (open == null || least == null) {
      return false;
    }
    boolean isBelow = standing.totals().total() < least;
    if (isBelow && state.mayLapse) {
      close(open, atMicros, LAPSED, null);
      return true;
    }
    state.mayLapse |= !isBelow;
    return false;
  }

  private boolean mayOpen() {
    ScoreCard.Episode latest = state.latestEpisode();
    return latest == null || mayFollow(latest, standing.qualification());
  }

  /** Whether the definition lets another episode follow this one. */
  static boolean mayFollow(ScoreCard.Episode latest, Qualification qualification) {
    if (latest.closedBy() == null || qualification.requalify() == Requalify.NEVER) {
      return false;
    }
    return switch (latest.closedBy()) {
      case DISQUALIFIED -> qualification.disqualified() == Disqualified.MAY_RETURN;
      case LAPSED -> qualification.requalify() == Requalify.ON_CROSSING;
      default -> true;
    };
  }

  private void open(long at, boolean isMet) {
    state.missedSinceClosing = false;
    long total = standing.totals().total();
    Long lapseBelow = standing.qualification().lapseBelow();
    state.mayLapse = lapseBelow != null && total >= lapseBelow;
    Cards cards = new Cards(standing, state);
    ScoreCard.Episode episode =
        new ScoreCard.Episode(
            state.episodes.size() + 1,
            at,
            total,
            cards.dimensions(),
            cards.level(),
            Reasons.of(cards.contributions()),
            standing.model().model.version(),
            null,
            null,
            null,
            null);
    state.episodes.add(episode);
    state.exited |= standing.model().model.window().exitOnMql();
    if (journal != null) {
      journal.opened(episode, isMet ? condition(total) : "qualifies at once");
    }
  }

  private String condition(long total) {
    String sign = standing.qualification().strictlyAbove() ? " > " : " ≥ ";
    return Points.text(total) + sign + Points.text(standing.threshold());
  }

  private void accept(ScoreCard.Episode open, StatusChange change) {
    if (open.acceptedAtMicros() == null) {
      state.replaceLatest(with(open, change.occurredAtMicros(), null, null, null));
    }
  }

  private void close(ScoreCard.Episode open, long at, String by, @Nullable String reason) {
    state.replaceLatest(with(open, open.acceptedAtMicros(), at, by, reason));
    state.missedSinceClosing = !standing.isMet(state, at);
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
