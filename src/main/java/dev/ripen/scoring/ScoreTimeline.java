package dev.ripen.scoring;

import java.util.List;

/**
 * The fold: a person's history in time order, resumable. Folding to one instant, saving the state
 * and going on gives the same as folding in one go. Stateless and safe for several threads.
 *
 * <p>Sums beyond the range of a long are an {@link ArithmeticException}.
 */
public final class ScoreTimeline {
  private final IndexedModel model;

  /**
   * Prepares a model; costs some milliseconds, so make one per model and keep it.
   *
   * @throws IllegalArgumentException if names in the model contradict each other
   */
  public ScoreTimeline(ScoringModel model) {
    this.model = new IndexedModel(model);
  }

  /**
   * The whole fold at once: what every command shows. Facts later than {@code asOfMicros} are not
   * seen.
   */
  public ScoreCard score(Facts facts, long asOfMicros) {
    Fold fold = new Fold(model, FoldState.start(model), null);
    fold.run(facts, asOfMicros);
    return fold.card();
  }

  /**
   * The same fold, told: every instant at which something happened, oldest first. Awards that are
   * worth less at {@code asOfMicros} carry the arithmetic. Of an excluded person only that is told.
   */
  public List<TimelineEntry> explain(Facts facts, long asOfMicros) {
    String excluded = facts.attributes().excludedBecause();
    if (excluded != null) {
      return List.of(new TimelineEntry(asOfMicros, "excluded", null, "Excluded", 0, 0, excluded));
    }
    Journal journal = new Journal();
    Fold fold = new Fold(model, FoldState.start(model), journal);
    fold.run(facts, asOfMicros);
    return journal.tell(model, fold.day());
  }

  /** A person of whom nothing is known. */
  public TimelineState start() {
    return new TimelineState(FoldState.start(model));
  }

  /**
   * Whether {@link #advance} may go on from a state with these facts. Not so, if the state is of
   * another model, if an attribute, the creation time or the exclusion is another than before (they
   * count for the whole timeline), or if there is a fact from before the state's instant that it
   * has not seen. Then fold again from {@link #start} with everything known.
   */
  public boolean continues(TimelineState state, Facts facts) {
    FoldState folded = state.state();
    if (!folded.fingerprint.equals(model.model.fingerprint())
        || folded.awards.length != model.rules.size()) {
      return false;
    }
    return folded.attributes == null
        || (folded.attributes.equals(FoldState.Attributes.of(model, facts))
            && !History.hasLateFacts(folded, model, facts));
  }

  /**
   * Takes the facts after the state's instant and up to {@code untilMicros}, inclusive.
   *
   * @param facts everything known, or without the signals and statuses that the state has seen
   * @throws IllegalArgumentException if these facts do not continue the state, see {@link
   *     #continues}, or if it has come further than {@code untilMicros}
   */
  public TimelineState advance(TimelineState state, Facts facts, long untilMicros) {
    FoldState folded = copyFor(state, facts, untilMicros);
    new Fold(model, folded, null).run(facts, untilMicros);
    return new TimelineState(folded);
  }

  /**
   * The score as of an instant, at or after the state's. What lies between them is taken from
   * {@code facts}, as in {@link #advance}.
   */
  public ScoreCard read(TimelineState state, Facts facts, long asOfMicros) {
    Fold fold = new Fold(model, copyFor(state, facts, asOfMicros), null);
    fold.run(facts, asOfMicros);
    return fold.card();
  }

  private FoldState copyFor(TimelineState state, Facts facts, long untilMicros) {
    if (untilMicros < state.untilMicros()) {
      throw new IllegalArgumentException(
          "the state has come to " + state.untilMicros() + ", beyond " + untilMicros);
    }
    if (!continues(state, facts)) {
      throw new IllegalArgumentException(
          "the facts do not continue the state: fold again from the start");
    }
    return state.copyOfState();
  }
}
