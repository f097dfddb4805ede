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
 * @param count null: the rule has signals of its own
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
    Effects effects,
    @Nullable Count count)
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
    this(name, label, kind, microPoints, group, frequency, decay, limits, Effects.NONE, null);
  }

  /**
   * Makes the rule award when enough signals of other rules, refused ones too, have come together:
   * at the instant at which they become enough. Such a rule has no signals of its own and resets
   * nothing; as a conjunction it awards only while its predicate holds.
   *
   * @param rules whose signals count
   * @param atLeast how many signals, or how many local days with one
   * @param days length of the window {@code (t − days × 24 h, t]}
   */
  public record Count(Set<String> rules, int atLeast, Unit unit, int days) implements Serializable {
    public Count {
      rules = Set.copyOf(rules);
    }

    /** What is counted. */
    public enum Unit {
      SIGNALS,
      LOCAL_DAYS
    }
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
