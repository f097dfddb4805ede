package dev.ripen.scoring;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of one person, in any order and with repetitions.
 *
 * @param createdAtMicros null: the first identification, else the first signal, is taken
 * @param attributes from the beginning to the first change
 * @param attributeChanges also one at the start of each later version of the rules, whose
 *     predicates judge anew; at most one per instant
 */
public record Facts(
    @Nullable Long createdAtMicros,
    List<Signal> signals,
    List<StatusChange> statuses,
    Attributes attributes,
    List<Attributes.Change> attributeChanges) {
  public Facts {
    signals = List.copyOf(signals);
    statuses = List.copyOf(statuses);
    attributeChanges = List.copyOf(attributeChanges);
  }

  /** Of a person in the population whose attributes count for the whole timeline. */
  public Facts(
      @Nullable Long createdAtMicros,
      List<Signal> signals,
      Set<String> holds,
      List<StatusChange> statuses,
      @Nullable String excludedBecause) {
    this(
        createdAtMicros,
        signals,
        statuses,
        new Attributes(holds, excludedBecause, null, true),
        List.of());
  }
}
