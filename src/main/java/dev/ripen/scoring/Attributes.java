package dev.ripen.scoring;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the predicates over the lead say at an instant, for the version of the rules that is in
 * force then.
 *
 * @param holds names of the rules whose predicate over the lead holds, and {@link
 *     Rule#autoQualifyKey}s
 * @param points of rules over the lead that hold and whose points are worked out of it, in
 *     micro-points; the others have their own
 * @param excludedBecause null if the person is in
 * @param segment picks the threshold; null for the default one
 * @param inPopulation whether the model is about this person
 */
public record Attributes(
    Set<String> holds,
    Map<String, Long> points,
    @Nullable String excludedBecause,
    @Nullable String segment,
    boolean inPopulation) {
  public Attributes {
    holds = Set.copyOf(holds);
    points = Map.copyOf(points);
  }

  /** With the rules' own points. */
  public Attributes(
      Set<String> holds,
      @Nullable String excludedBecause,
      @Nullable String segment,
      boolean inPopulation) {
    this(holds, Map.of(), excludedBecause, segment, inPopulation);
  }

  /** What a rule over the lead adds now. */
  long pointsOf(Rule rule) {
    return holds.contains(rule.name()) ? points.getOrDefault(rule.name(), rule.microPoints()) : 0;
  }

  /** Attributes from an instant on, until the next change. */
  public record Change(long occurredAtMicros, Attributes attributes) {}
}
