package dev.ripen.scoring;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * A level of people: holds if the total, the dimensions and the rules are all there.
 *
 * @param fromMicroPoints least total; {@code Long.MIN_VALUE} for any
 * @param minimums least value per dimension, in micro-points
 * @param allOf rules that must all be there: an attribute that holds, an award that is still worth
 *     something, of a rule without points that it ever had a signal or fired
 */
public record Level(
    String name, long fromMicroPoints, Map<String, Long> minimums, Set<String> allOf)
    implements Serializable {
  public Level {
    minimums = Map.copyOf(minimums);
    allOf = Set.copyOf(allOf);
  }

  /** A band of the total. */
  public Level(String name, long fromMicroPoints) {
    this(name, fromMicroPoints, Map.of(), Set.of());
  }
}
