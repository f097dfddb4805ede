package dev.ripen.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an id came to its person.
 *
 * @param steps from the id to the one that names the person; empty for that one
 */
public record IdentityPath(String id, List<Step> steps) {
  public IdentityPath {
    steps = List.copyOf(steps);
  }

  /**
   * From an id to one that was seen with it.
   *
   * @param seenAtMicros when they were seen together last; null: nobody knows
   * @param identifies whether a shared id was seen with somebody who is known
   */
  public record Step(String to, @Nullable Long seenAtMicros, boolean identifies) {}
}
