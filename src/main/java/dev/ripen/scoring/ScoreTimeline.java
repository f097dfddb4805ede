package dev.ripen.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fold: a person's history in time order, resumable. Folding to one instant, saving the state
 * and going on gives the same as folding in one go. Stateless and safe for several threads.
 *
 * <p>Sums beyond the range of a long are an {@link ArithmeticException}.
 */
public final class ScoreTimeline {
  private final ModelTimeline models;

  /**
   * Prepares a model; costs some milliseconds, so make one per model and keep it.
   *
   * @throws IllegalArgumentException if names in the model contradict each other
   */
  public ScoreTimeline(ScoringModel model) {
    this(List.of(new RulesVersion(Long.MIN_VALUE, model)));
  }

  /**
   * Prepares the versions of a model. Awards and MQL dates from before a version's start stay as
   * the version before made them.
   *
   * @param versions in the order of their starts; the first is in force from {@code Long.MIN_VALUE}
   * @throws IllegalArgumentException if names in a model contradict each other, or the versions
   *     have not one time zone or are in no order
   */
  public ScoreTimeline(List<RulesVersion> versions) {
    models = new ModelTimeline(versions);
  }

  /**
   * The whole fold at once: what every command shows. Facts later than {@code asOfMicros} are not
   * seen.
   */
  public ScoreCard score(Facts facts, long asOfMicros) {
    return folded(facts, asOfMicros, null).card();
  }

  /**
   * The same fold, told: every instant at which something happened, oldest first. Awards that are
   * worth less at {@code asOfMicros} carry the arithmetic. Of an excluded person only that is told.
   */
  public List<TimelineEntry> explain(Facts facts, long asOfMicros) {
    Journal journal = new Journal();
    Fold fold = folded(facts, asOfMicros, journal);
    String excluded = fold.standing().attributes().excludedBecause();
    if (excluded != null) {
      return List.of(new TimelineEntry(asOfMicros, "excluded", null, "Excluded", 0, 0, excluded));
    }
    return journal.tell(fold.day());
  }

  /**
   * What keeps this person from being an MQL, and which events would make one; empty for an MQL.
   * Folds some hundred times: meant for one person, not for all.
   */
  public Optional<Missing> missing(Facts facts, long asOfMicros) {
    Fold fold = folded(facts, asOfMicros, null);
    if (fold.card().isMql()) {
      return Optional.empty();
    }
    return Optional.of(new MissingSearch(this, models, facts, asOfMicros).search(fold));
  }

  Fold folded(Facts facts, long asOfMicros, @Nullable Journal journal) {
    Fold fold = new Fold(models, FoldState.start(models), facts, journal);
    fold.run(asOfMicros);
    return fold;
  }

  /** A person of whom nothing is known. */
  public TimelineState start() {
    return new TimelineState(FoldState.start(models));
  }

  /**
   * Whether {@link #advance} may go on from a state with these facts. Not so, if the state is of
   * other rules, if the creation time or an attribute up to the state's instant is another than
   * before, or if there is a fact from before that instant that it has not seen. Then fold again
   * from {@link #start} with everything known.
   */
  public boolean continues(TimelineState state, Facts facts) {
    FoldState folded = state.state();
    return folded.fingerprint.equals(models.fingerprint)
        && folded.awards.length == models.slots()
        && (folded.known == null
            || (folded.known.equals(FoldState.Known.of(facts, folded.untilMicros))
                && !History.hasLateFacts(folded, models, facts)));
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
    new Fold(models, folded, facts, null).run(untilMicros);
    return new TimelineState(folded);
  }

  /**
   * The score as of an instant, at or after the state's. What lies between them is taken from
   * {@code facts}, as in {@link #advance}.
   */
  public ScoreCard read(TimelineState state, Facts facts, long asOfMicros) {
    Fold fold = new Fold(models, copyFor(state, facts, asOfMicros), facts, null);
    fold.run(asOfMicros);
    return fold.card();
  }

  /**
   * A night of one person: from where an earlier one has stopped to {@code asOfMicros}, on the way
   * saving the state at {@code keepMicros} for the next night. The same as {@link #advance} and
   * {@link #read}, without their copies and questions: the caller knows that these facts continue
   * the state, because neither the rules nor any fact but signals after it are other than when it
   * was saved.
   *
   * @param saved null: from the start, with everything known
   * @param facts with every signal after the state's instant
   */
  public Night night(byte @Nullable [] saved, Facts facts, long keepMicros, long asOfMicros) {
    FoldState state = saved == null ? FoldState.start(models) : StateCodec.decode(saved);
    byte[] kept = saved == null ? new byte[0] : saved;
    long keep = Math.min(keepMicros, asOfMicros);
    if (state.untilMicros < keep) {
      new Fold(models, state, facts, null).run(keep);
      kept = StateCodec.encode(state);
    }
    Fold fold = new Fold(models, state, facts, null);
    fold.run(asOfMicros);
    return new Night(fold.card(), kept);
  }

  /**
   * What a night leaves.
   *
   * @param kept the state for the next one, encoded
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once; equals looks into it
  public record Night(ScoreCard card, byte[] kept) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Night that
          && card.equals(that.card)
          && Arrays.equals(kept, that.kept);
    }

    @Override
    public int hashCode() {
      return 31 * card.hashCode() + Arrays.hashCode(kept);
    }
  }

  /**
   * Names the rules and the form of the states: a state from under another name cannot be gone on
   * with.
   */
  public String fingerprint() {
    return StateCodec.FORMAT + ":" + models.fingerprint;
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
