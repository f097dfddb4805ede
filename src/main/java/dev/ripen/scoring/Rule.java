package dev.ripen.scoring;

import java.io.Serializable;
import java.util.Set;
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
    Limits limits,
    Effects effects)
    implements Serializable {
  /** One that only awards points. */
  public Rule(
      String name,
      String label,
      Kind kind,
      long microPoints,
      @Nullable String group,
      Frequency frequency,
      @Nullable Decay decay,
      Limits limits) {
    this(name, label, kind, microPoints, group, frequency, decay, limits, Effects.NONE);
  }

  /**
   * What a signal does besides awarding points.
   *
   * @param autoQualifies makes an MQL whatever the score, unless the person is suspended or the
   *     frequency refuses the signal. A signal from before the creation counts at the first check
   * @param resets names of dimensions whose earlier awards it ends, also if its own award is
   *     refused
   */
  public record Effects(boolean autoQualifies, Set<String> resets) implements Serializable {
    /** None. */
    public static final Effects NONE = new Effects(false, Set.of());

    public Effects {
      resets = Set.copyOf(resets);
    }
  }

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
