package dev.ripen.scoring;

import java.util.List;

/**
 * The fold: a person's history in time order, resumable. Folding to one instant, saving the state
 * and going on gives the same as folding in one go. Stateless and safe for several threads.
 */
public final class ScoreTimeline {
  private final ScoringModel model;

  public ScoreTimeline(ScoringModel model) {
    this.model = model;
  }

  /**
   * The whole fold at once: what every command shows. Facts later than {@code asOfMicros} are not
   * seen.
   */
  public ScoreCard score(Facts facts, long asOfMicros) {
    throw new IllegalStateException("contract only: " + model.name());
  }

  /** The same fold, told: every instant at which something happened, oldest first. */
  public List<TimelineEntry> explain(Facts facts, long asOfMicros) {
    throw new IllegalStateException("contract only: " + model.name());
  }
}
