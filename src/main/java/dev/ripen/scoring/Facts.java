package dev.ripen.scoring;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of one person, in any order and with repetitions.
 *
 * @param createdAtMicros null: the first identification, else the first signal, is taken
 * @param holds names of the rules whose predicate over the lead holds
 * @param excludedBecause null if the person is in
 */
public record Facts(
    @Nullable Long createdAtMicros,
    List<Signal> signals,
    Set<String> holds,
    List<StatusChange> statuses,
    @Nullable String excludedBecause) {
  public Facts {
    signals = List.copyOf(signals);
    holds = Set.copyOf(holds);
    statuses = List.copyOf(statuses);
  }
}
