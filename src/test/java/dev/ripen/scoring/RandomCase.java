package dev.ripen.scoring;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A random model with a random person. Instants fall on few hours, so that many coincide, and
 * around changes of clocks and midnights.
 */
record RandomCase(ScoringModel model, Facts facts, long cutMicros, long asOfMicros) {
  private static final long HOUR = 3_600_000_000L;
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "America/Los_Angeles",
          "Europe/Berlin",
          "Asia/Kolkata",
          "Pacific/Apia",
          "America/Sao_Paulo",
          "Australia/Lord_Howe");

  /** Days before changes of clocks: America, Europe, Brazil at midnight, none. */
  private static final List<String> STARTS =
      List.of(
          "2026-10-20T00:00:00Z",
          "2026-02-25T00:00:00Z",
          "2018-10-25T00:00:00Z",
          "1969-12-20T00:00:00Z");

  static RandomCase of(Random random) {
    long start = Models.at(pick(random, STARTS));
    ScoringModel model = model(random);
    long cut = instant(random, start);
    long asOf = Math.max(cut, instant(random, start) + random.nextInt(20) * 24L * HOUR);
    return new RandomCase(model, facts(random, model, start), cut, asOf);
  }

  static Facts facts(Random random, ScoringModel model, long start) {
    List<String> rules = new ArrayList<>(List.of("no-such-rule"));
    model.dimensions().forEach(d -> d.rules().forEach(rule -> rules.add(rule.name())));
    List<Signal> signals = new ArrayList<>();
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      signals.add(
          new Signal(
              pick(random, List.of("v", "w")),
              pick(random, List.of("a", "b", "c", "ab", "é", "\uE000", "\uD83D\uDE00", "d" + i)),
              pick(random, rules),
              instant(random, start),
              random.nextInt(5) == 0 ? points(random) : null));
    }
    List<StatusChange> statuses = new ArrayList<>();
    List<String> names =
        List.of("accepted", "recycled", "recycled", "disqualified", "opportunity", "own");
    for (int i = random.nextInt(5); i > 0; i--) {
      String reason = random.nextBoolean() ? null : "reason " + random.nextInt(2);
      statuses.add(new StatusChange(pick(random, names), instant(random, start), reason));
    }
    Set<String> holds = new HashSet<>();
    rules.stream().filter(rule -> random.nextBoolean()).forEach(holds::add);
    Long created = random.nextInt(4) == 0 ? null : (Long) instant(random, start);
    String excluded = random.nextInt(20) == 0 ? "own domain" : null;
    String segment = random.nextInt(3) == 0 ? pick(random, List.of("customer", "other")) : null;
    return new Facts(
        created, signals, statuses, new Attributes(holds, excluded, segment, true), List.of());
  }

  static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static ScoringModel model(Random random) {
    List<Dimension> dimensions = new ArrayList<>();
    Map<String, Long> minimums = new HashMap<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      String name = "dimension-" + i;
      dimensions.add(dimension(random, name));
      if (random.nextInt(4) == 0) {
        minimums.put(name, points(random));
      }
    }
    Qualification qualification =
        new Qualification(
            random.nextInt(40) * Points.MICRO,
            Map.of("customer", random.nextInt(60) * Points.MICRO),
            random.nextBoolean(),
            minimums,
            pick(random, List.of(Qualification.Requalify.values())),
            random.nextBoolean() ? (Long) (random.nextInt(20) * Points.MICRO) : null,
            pick(random, List.of(Qualification.Disqualified.values())));
    List<Level> levels =
        List.of(new Level("hot", 40 * Points.MICRO), new Level("warm", 10 * Points.MICRO));
    return new ScoringModel(
        "default",
        "version",
        "fingerprint",
        ZoneId.of(pick(random, ZONES)),
        dimensions,
        limits(random),
        qualification,
        new Levels.Grades(levels),
        new ScoringModel.StatusEffects(
            random.nextInt(3) == 0 ? Set.of("opportunity", "disqualified") : Set.of(),
            ScoringModel.StatusEffects.recycleEndsAll(dimensions).resets()),
        Window.ALWAYS);
  }

  private static Dimension dimension(Random random, String name) {
    List<Group> groups = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Decay decay = random.nextBoolean() ? null : decay(random);
      groups.add(new Group(name + "-group-" + i, decay, limits(random)));
    }
    List<Rule> rules = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      String group = groups.isEmpty() || random.nextBoolean() ? null : pick(random, groups).name();
      rules.add(rule(random, name + "-rule-" + i, group));
    }
    if (random.nextInt(3) == 0) {
      Rule rule = rule(random, name + "-count", null);
      rules.add(random.nextInt(rules.size() + 1), counting(random, rule, rules));
    }
    Long stopAbove = random.nextInt(6) == 0 ? (Long) points(random) : null;
    return new Dimension(name, decay(random), limits(random), stopAbove, groups, rules);
  }

  private static Rule rule(Random random, String name, @Nullable String group) {
    return new Rule(
        name,
        "Label of " + name,
        random.nextInt(4) == 0 ? new Trigger.Attribute() : new Trigger.Event(),
        random.nextInt(3) == 0 ? Rule.Conditions.LEAD : Rule.Conditions.NONE,
        points(random),
        group,
        frequency(random),
        random.nextInt(3) == 0 ? decay(random) : null,
        limits(random),
        effects(random));
  }

  private static Rule counting(Random random, Rule rule, List<Rule> others) {
    Trigger.Count count =
        new Trigger.Count(
            others.stream()
                .filter(o -> random.nextBoolean())
                .map(Rule::name)
                .collect(Collectors.toSet()),
            1 + random.nextInt(4),
            pick(random, List.of(Trigger.Count.Unit.values())),
            (1 + random.nextInt(20)) * 24L * HOUR);
    return new Rule(
        rule.name(),
        rule.label(),
        count,
        random.nextBoolean() ? Rule.Conditions.LEAD : Rule.Conditions.NONE,
        rule.microPoints(),
        null,
        rule.frequency(),
        rule.decay(),
        rule.limits(),
        new Rule.Effects(rule.effects().autoQualify(), Set.of()));
  }

  private static Rule.Effects effects(Random random) {
    Set<String> resets = random.nextInt(12) == 0 ? Set.of("dimension-0") : Set.of();
    return new Rule.Effects(
        random.nextInt(12) == 0 ? Rule.AutoQualify.ALWAYS : Rule.AutoQualify.NO, resets);
  }

  private static Frequency frequency(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Frequency.Once();
      case 1 -> new Frequency.Rolling(1 + random.nextInt(3), 1 + random.nextInt(7));
      case 2 ->
          new Frequency.Calendar(
              1 + random.nextInt(2), pick(random, List.of(Frequency.Bucket.values())));
      default -> new Frequency.Always();
    };
  }

  private static Decay decay(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Decay.HalfLife(1 + random.nextInt(15));
      case 1 -> new Decay.Linear(random.nextInt(500_001), 1 + random.nextInt(8));
      case 2 -> new Decay.Expire(1 + random.nextInt(20));
      default -> new Decay.None();
    };
  }

  private static Limits limits(Random random) {
    Long cap = random.nextInt(4) == 0 ? (Long) Math.abs(points(random)) : null;
    Long floor = random.nextInt(8) == 0 ? (Long) (-Math.abs(points(random))) : null;
    return new Limits(
        cap, pick(random, List.of(Limits.CapMode.values())), floor, Limits.FloorMode.ALWAYS);
  }

  /** Mostly whole, sometimes with all six places, sometimes negative or zero. */
  private static long points(Random random) {
    long points =
        random.nextInt(4) == 0 ? random.nextInt(20_000_000) : random.nextInt(25) * Points.MICRO;
    return random.nextInt(4) == 0 ? -points : points;
  }

  private static long instant(Random random, long start) {
    long at = start + random.nextInt(40) * 24L * HOUR + random.nextInt(25) * HOUR;
    return random.nextInt(3) == 0 ? at + random.nextInt(3) - 1 : at;
  }
}
