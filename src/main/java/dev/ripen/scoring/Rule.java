package dev.ripen.scoring;

import java.io.Serializable;
import java.util.Map;
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
    Trigger trigger,
    Conditions conditions,
    long microPoints,
    @Nullable String group,
    Frequency frequency,
    @Nullable Decay decay,
    Limits limits,
    Effects effects)
    implements Serializable {

  /** One without conditions or effects. */
  public Rule(
      String name,
      String label,
      Trigger trigger,
      long microPoints,
      @Nullable String group,
      Frequency frequency,
      @Nullable Decay decay,
      Limits limits) {
    this(
        name,
        label,
        trigger,
        Conditions.NONE,
        microPoints,
        group,
        frequency,
        decay,
        limits,
        Effects.NONE);
  }

  /** Whether it counts while something holds, instead of awarding. */
  public boolean isAttribute() {
    return trigger instanceof Trigger.Attribute;
  }

  /** Whether signals of its own name make it award. */
  public boolean hasSignals() {
    return trigger instanceof Trigger.Event;
  }

  /** Under this name {@link Attributes#holds} says that the condition to auto-qualify holds. */
  public String autoQualifyKey() {
    return name + "#auto-qualify";
  }

  /**
   * What must be true at the instant of an award. Without it there is no award, and the signal is
   * as if it had not matched, but for the other conditions, whose refusals are told and count as
   * activity.
   *
   * @param lead whether a predicate over the lead must hold, see {@link Attributes#holds}
   * @param requires rules each of which must have a signal in {@code (t − within, t]}, those of the
   *     same instant too
   * @param unless rules none of which may have one there
   * @param withinMicros null: ever before
   * @param whileStatus the latest status must be one of them; empty: any or none
   * @param minimums least value per dimension just before the award, in micro-points
   */
  public record Conditions(
      boolean lead,
      Set<String> requires,
      Set<String> unless,
      @Nullable Long withinMicros,
      Set<String> whileStatus,
      Map<String, Long> minimums)
      implements Serializable {
    /** None. */
    public static final Conditions NONE = new Conditions(false, Set.of(), Set.of(), null, Set.of());

    /** Only that the predicate over the lead holds. */
    public static final Conditions LEAD = new Conditions(true, Set.of(), Set.of(), null, Set.of());

    public Conditions {
      requires = Set.copyOf(requires);
      unless = Set.copyOf(unless);
      whileStatus = Set.copyOf(whileStatus);
      minimums = Map.copyOf(minimums);
    }

    /** Without minimums. */
    public Conditions(
        boolean lead,
        Set<String> requires,
        Set<String> unless,
        @Nullable Long withinMicros,
        Set<String> whileStatus) {
      this(lead, requires, unless, withinMicros, whileStatus, Map.of());
    }
  }

  /**
   * What a signal does besides awarding points.
   *
   * @param autoQualify whether it makes an MQL whatever the score, unless the person is suspended,
   *     outside the window, or a condition or the frequency refuses the signal. A signal from
   *     before the creation counts at the first check
   * @param resets names of dimensions whose earlier awards it ends, also if its own award is
   *     refused. Only rules with signals or statuses may reset
   */
  public record Effects(AutoQualify autoQualify, Set<String> resets) implements Serializable {
    /** None. */
    public static final Effects NONE = new Effects(AutoQualify.NO, Set.of());

    public Effects {
      resets = Set.copyOf(resets);
    }
  }

  /** Whether a signal makes an MQL at once. */
  public enum AutoQualify {
    NO,
    ALWAYS,
    /** If {@link Attributes#holds} has {@link Rule#autoQualifyKey} at that instant. */
    WHEN_HELD
  }
}
