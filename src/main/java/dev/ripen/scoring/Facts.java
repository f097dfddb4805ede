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
 * @param segment picks the threshold; null for the one of all
 */
public record Facts(
    @Nullable Long createdAtMicros,
    List<Signal> signals,
    Set<String> holds,
    List<StatusChange> statuses,
    @Nullable String excludedBecause,
    @Nullable String segment) {
  public Facts {
    signals = List.copyOf(signals);
    holds = Set.copyOf(holds);
    statuses = List.copyOf(statuses);
  }

  /** Without a segment. */
  public Facts(
      @Nullable Long createdAtMicros,
      List<Signal> signals,
      Set<String> holds,
      List<StatusChange> statuses,
      @Nullable String excludedBecause) {
    this(createdAtMicros, signals, holds, statuses, excludedBecause, null);
  }
}
