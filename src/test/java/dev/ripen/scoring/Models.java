package dev.ripen.scoring;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Short ways to write models and facts down in tests. */
final class Models {
  static final Frequency ALWAYS = new Frequency.Always();
  static final Decay NO_DECAY = new Decay.None();
  static final Qualification AT_50 = qualification("50", Map.of());

  private Models() {}

  static long points(String points) {
    return Points.micro(new BigDecimal(points));
  }

  /** Of an instant such as {@code 2026-10-22T14:02:00Z}. */
  static long at(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }

  static Rule event(String name, String label, String points, Frequency frequency) {
    return new Rule(
        name, label, new Trigger.Event(), points(points), null, frequency, null, Limits.NONE);
  }

  static Rule event(String name, String points) {
    return event(name, name, points, ALWAYS);
  }

  static Rule attribute(String name, String label, String points) {
    return new Rule(
        name, label, new Trigger.Attribute(), points(points), null, ALWAYS, null, Limits.NONE);
  }

  static Rule in(String group, Rule rule) {
    return new Rule(
        rule.name(),
        rule.label(),
        rule.trigger(),
        rule.conditions(),
        rule.microPoints(),
        group,
        rule.frequency(),
        rule.decay(),
        rule.limits(),
        rule.effects());
  }

  static Rule with(Rule rule, @Nullable Decay decay, Limits limits) {
    return new Rule(
        rule.name(),
        rule.label(),
        rule.trigger(),
        rule.conditions(),
        rule.microPoints(),
        rule.group(),
        rule.frequency(),
        decay,
        limits,
        rule.effects());
  }

  static Limits cap(String points) {
    return new Limits(points(points), null);
  }

  static Limits floor(String points) {
    return new Limits(null, points(points));
  }

  static Dimension dimension(String name, Decay decay, Limits limits, Rule... rules) {
    return new Dimension(name, decay, limits, List.of(), Arrays.asList(rules));
  }

  static Qualification qualification(String threshold, Map<String, Long> minimums) {
    return new Qualification(
        points(threshold), false, minimums, Qualification.Requalify.AFTER_RECYCLE);
  }

  static ScoringModel model(Qualification qualification, Dimension... dimensions) {
    return model(ZoneId.of("UTC"), qualification, dimensions);
  }

  static ScoringModel model(ZoneId zone, Qualification qualification, Dimension... dimensions) {
    return new ScoringModel(
        "default",
        "2026-11",
        Integer.toHexString(Arrays.hashCode(dimensions)),
        zone,
        Arrays.asList(dimensions),
        Limits.NONE,
        qualification,
        new Levels.Grades(
            List.of(
                new Level("hot", points("65")),
                new Level("warm", points("50")),
                new Level("cold", Long.MIN_VALUE))));
  }

  static Signal signal(String rule, String instant) {
    return new Signal("visitor", rule + " " + instant, rule, at(instant), null);
  }

  static StatusChange status(String status, String instant) {
    return new StatusChange(status, at(instant), null);
  }

  static Facts facts(String createdAt, Set<String> holds, Signal... signals) {
    return new Facts(at(createdAt), Arrays.asList(signals), holds, List.of(), null);
  }

  static Facts with(Facts facts, StatusChange... statuses) {
    return new Facts(
        facts.createdAtMicros(),
        facts.signals(),
        Arrays.asList(statuses),
        facts.attributes(),
        facts.attributeChanges());
  }
}
