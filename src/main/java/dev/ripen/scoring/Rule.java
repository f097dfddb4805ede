package dev.ripen.scoring;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What earns or costs points.
 *
 * @param label for people: "Visited pricing"
 * @param microPoints of one award, or of the attribute while it holds
 * @param group null: directly in the dimension
 * @param decay null: the group's, else the dimension's
 */
public record Rule(
    String name,
    String label,
    Kind kind,
    long microPoints,
    @Nullable String group,
    Frequency frequency,
    @Nullable Decay decay,
    Limits limits)
    implements Serializable {
  /** What a rule looks at. */
  public enum Kind {
    /** Each matching event is an award. */
    EVENT,
    /** Counts while a predicate over the lead holds. */
    ATTRIBUTE,
    /** Each matching event is an award, if the predicate over the lead holds at the event. */
    CONJUNCTION
  }
}
