package dev.ripen.scoring;

import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a model counts for a person. Outside, nothing is awarded and nobody qualifies; the score
 * stays as it is and decays. A new opening ends all earlier awards and begins the time anew.
 *
 * @param openingRules event rules whose signals open the window
 * @param openingStatuses statuses that open it; both empty: it is open from the beginning
 * @param lengthMicros how long it stays open; null: until an exit
 * @param exitOnMql whether the opening of an episode closes it
 * @param exitStatuses statuses that close it, after openings of the same instant
 */
public record Window(
    Set<String> openingRules,
    Set<String> openingStatuses,
    @Nullable Long lengthMicros,
    boolean exitOnMql,
    Set<String> exitStatuses)
    implements Serializable {
  /** Always open. */
  public static final Window ALWAYS = new Window(Set.of(), Set.of(), null, false, Set.of());

  public Window {
    openingRules = Set.copyOf(openingRules);
    openingStatuses = Set.copyOf(openingStatuses);
    exitStatuses = Set.copyOf(exitStatuses);
  }

  /** Whether something must open it. */
  public boolean hasOpening() {
    return !openingRules.isEmpty() || !openingStatuses.isEmpty();
  }
}
