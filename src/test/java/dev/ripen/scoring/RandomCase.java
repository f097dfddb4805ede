package dev.ripen.scoring;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A random model, perhaps with several versions, and a random person. Instants fall on few hours,
 * so that many coincide, and around changes of clocks and midnights.
 */
public record RandomCase(
    List<RulesVersion> versions, Facts facts, long cutMicros, long asOfMicros) {
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

  private static final List<String> STATUSES =
      List.of("accepted", "recycled", "recycled", "disqualified", "opportunity", "own");

  /** Days before changes of clocks: America, Europe, Brazil at midnight, none. */
  private static final List<String> STARTS =
      List.of(
          "2026-10-20T00:00:00Z",
          "2026-02-25T00:00:00Z",
          "2018-10-25T00:00:00Z",
          "1969-12-20T00:00:00Z");

  public static RandomCase of(Random random) {
    long start = Models.at(pick(random, STARTS));
    ZoneId zone = ZoneId.of(pick(random, ZONES));
    List<RulesVersion> versions = new ArrayList<>();
    versions.add(new RulesVersion(Long.MIN_VALUE, model(random, zone, 1)));
    for (int i = random.nextInt(8) - 4; i > 0 && versions.size() < 3; i--) {
      long from = instant(random, start);
      if (from > versions.get(versions.size() - 1).effectiveFromMicros()) {
        versions.add(new RulesVersion(from, model(random, zone, versions.size() + 1)));
      }
    }
    long cut = instant(random, start);
    long asOf = Math.max(cut, instant(random, start) + random.nextInt(20) * 24L * HOUR);
    return new RandomCase(List.copyOf(versions), facts(random, versions, start), cut, asOf);
  }

  private static Facts facts(Random random, List<RulesVersion> versions, long start) {
    Set<String> names = new TreeSet<>(List.of("no-such-rule"));
    versions.forEach(
        v ->
            v.model().dimensions().forEach(d -> d.rules().forEach(rule -> names.add(rule.name()))));
    List<String> rules = List.copyOf(names);
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
    for (int i = random.nextInt(5); i > 0; i--) {
      String reason = random.nextBoolean() ? null : "reason " + random.nextInt(2);
      statuses.add(new StatusChange(pick(random, STATUSES), instant(random, start), reason));
    }
    TreeMap<Long, Attributes> changes = new TreeMap<>();
    for (int i = random.nextInt(6) - 2; i > 0; i--) {
      changes.put(instant(random, start), attributes(random, rules));
    }
    versions.stream()
        .skip(1)
        .forEach(v -> changes.put(v.effectiveFromMicros(), attributes(random, rules)));
    Long created = random.nextInt(4) == 0 ? null : (Long) instant(random, start);
    return new Facts(
        created,
        signals,
        statuses,
        attributes(random, rules),
        changes.entrySet().stream()
            .map(change -> new Attributes.Change(change.getKey(), change.getValue()))
            .toList());
  }

  private static Attributes attributes(Random random, List<String> rules) {
    Set<String> holds = new TreeSet<>();
    for (String rule : rules) {
      if (random.nextBoolean()) {
        holds.add(rule);
      }
      if (random.nextBoolean()) {
        holds.add(rule + "#auto-qualify");
      }
    }
    String excluded = random.nextInt(20) == 0 ? "own domain" : null;
    String segment = random.nextInt(3) == 0 ? pick(random, List.of("customer", "other")) : null;
    Map<String, Long> points =
        random.nextInt(4) == 0 ? Map.of(pick(random, rules), points(random)) : Map.of();
    return new Attributes(holds, points, excluded, segment, random.nextInt(15) != 0);
  }

  static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static ScoringModel model(Random random, ZoneId zone, int version) {
    List<Dimension> dimensions = new ArrayList<>();
    Map<String, Long> minimums = new TreeMap<>();
    for (int i = random.nextInt(2) * (version - 1); i < 1 + random.nextInt(3); i++) {
      String name = "dimension-" + i;
      dimensions.add(dimension(random, name));
      if (random.nextInt(4) == 0) {
        minimums.put(name, points(random));
      }
    }
    if (dimensions.isEmpty()) {
      dimensions.add(dimension(random, "dimension-9"));
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
    return new ScoringModel(
        "default",
        "version " + version,
        "fingerprint " + version,
        zone,
        dimensions,
        limits(random, true),
        qualification,
        levels(random, dimensions),
        statusEffects(random, dimensions),
        window(random, dimensions));
  }

  private static Levels levels(Random random, List<Dimension> dimensions) {
    String first = dimensions.get(0).name();
    String last = dimensions.get(dimensions.size() - 1).name();
    if (random.nextInt(3) == 0) {
      List<Levels.Band> bands =
          List.of(
              new Levels.Band("A", 20 * Points.MICRO),
              new Levels.Band("B", random.nextBoolean() ? 5 * Points.MICRO : Long.MIN_VALUE));
      return new Levels.Matrix(first, bands, last, bands);
    }
    List<String> rules = dimensions.get(0).rules().stream().map(Rule::name).toList();
    return new Levels.Grades(
        List.of(
            new Level("joined", Long.MIN_VALUE, Map.of(), Set.of(pick(random, rules))),
            new Level("hot", 40 * Points.MICRO),
            new Level("warm", 10 * Points.MICRO, Map.of(last, 5 * Points.MICRO), Set.of())));
  }

  private static ScoringModel.StatusEffects statusEffects(
      Random random, List<Dimension> dimensions) {
    Set<String> suspending =
        random.nextInt(3) == 0 ? Set.of("opportunity", "disqualified") : Set.of();
    if (random.nextBoolean()) {
      return new ScoringModel.StatusEffects(
          suspending, ScoringModel.StatusEffects.recycleEndsAll(dimensions).resets());
    }
    return new ScoringModel.StatusEffects(
        suspending, Map.of("own", Set.of(pick(random, dimensions).name())));
  }

  private static Window window(Random random, List<Dimension> dimensions) {
    if (random.nextInt(4) != 0) {
      return Window.ALWAYS;
    }
    List<String> rules = dimensions.get(0).rules().stream().map(Rule::name).toList();
    return new Window(
        random.nextBoolean() ? Set.of(pick(random, rules)) : Set.of(),
        random.nextBoolean() ? Set.of("accepted") : Set.of(),
        random.nextBoolean() ? (Long) ((1 + random.nextInt(20)) * 24L * HOUR) : null,
        random.nextBoolean(),
        random.nextInt(3) == 0 ? Set.of("own") : Set.of());
  }

  private static Dimension dimension(Random random, String name) {
    List<Group> groups = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Decay decay = random.nextBoolean() ? null : decay(random);
      groups.add(new Group(name + "-group-" + i, decay, limits(random, false)));
    }
    List<Rule> rules = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      rules.add(rule(random, name + "-rule-" + i, trigger(random), groups, List.of()));
    }
    List<String> names = rules.stream().map(Rule::name).toList();
    for (int i = random.nextInt(4) - 1; i > 0; i--) {
      Trigger derived = derived(random, names);
      rules.add(
          random.nextInt(rules.size() + 1),
          rule(random, name + "-derived-" + i, derived, groups, names));
    }
    if (random.nextInt(4) == 0) {
      rules.add(rule(random, name + "-silence", silence(random, names), groups, names));
    }
    Long stopAbove = random.nextInt(6) == 0 ? (Long) points(random) : null;
    return new Dimension(name, decay(random), limits(random, true), stopAbove, groups, rules);
  }

  private static Trigger trigger(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> new Trigger.Attribute();
      case 2 -> new Trigger.Status(Set.of(pick(random, STATUSES)));
      default -> new Trigger.Event(random.nextInt(6) == 0);
    };
  }

  private static Trigger derived(Random random, List<String> others) {
    Set<String> some =
        others.stream().filter(o -> random.nextBoolean()).collect(Collectors.toSet());
    if (random.nextBoolean()) {
      Long window = random.nextBoolean() ? (Long) ((1 + random.nextInt(20)) * 24L * HOUR) : null;
      return new Trigger.AllOf(some, window);
    }
    return new Trigger.Count(
        some,
        1 + random.nextInt(4),
        pick(random, List.of(Trigger.Count.Unit.values())),
        random.nextInt(5) == 0
            ? null
            : (Long) ((1 + random.nextInt(20)) * (random.nextInt(3) == 0 ? 1 : 24L) * HOUR));
  }

  private static Trigger silence(Random random, List<String> others) {
    return new Trigger.Inactivity(
        random.nextInt(3) == 0 ? Set.of(pick(random, others)) : Set.of(),
        1 + random.nextInt(12),
        random.nextBoolean() ? (Integer) (1 + random.nextInt(9)) : null,
        random.nextInt(3) == 0 ? (Long) points(random) : null,
        random.nextInt(3) == 0 ? (Long) points(random) : null);
  }

  private static Rule rule(
      Random random, String name, Trigger trigger, List<Group> groups, List<String> others) {
    boolean mayReset = trigger instanceof Trigger.Event || trigger instanceof Trigger.Status;
    return new Rule(
        name,
        "Label of " + name,
        trigger,
        conditions(random, others),
        random.nextInt(12) == 0 ? 0 : points(random),
        groups.isEmpty() || random.nextBoolean() ? null : pick(random, groups).name(),
        frequency(random),
        random.nextInt(3) == 0 ? decay(random) : null,
        limits(random, false),
        effects(random, mayReset ? dimensionOf(name) : ""));
  }

  private static String dimensionOf(String rule) {
    return rule.substring(0, "dimension-0".length());
  }

  private static Rule.Conditions conditions(Random random, List<String> others) {
    boolean lead = random.nextInt(3) == 0;
    if (others.isEmpty() || random.nextInt(3) != 0) {
      return lead ? Rule.Conditions.LEAD : Rule.Conditions.NONE;
    }
    return new Rule.Conditions(
        lead,
        random.nextBoolean() ? Set.of(pick(random, others)) : Set.of(),
        random.nextInt(3) == 0 ? Set.of(pick(random, others)) : Set.of(),
        random.nextBoolean() ? (Long) ((1 + random.nextInt(20)) * 24L * HOUR) : null,
        random.nextInt(4) == 0 ? Set.of("recycled", "own") : Set.of(),
        random.nextInt(4) == 0 ? Map.of(dimensionOf(others.get(0)), points(random)) : Map.of());
  }

  private static Rule.Effects effects(Random random, String dimension) {
    Set<String> resets =
        !dimension.isEmpty() && random.nextInt(12) == 0 ? Set.of(dimension) : Set.of();
    return new Rule.Effects(
        random.nextInt(10) == 0
            ? pick(random, List.of(Rule.AutoQualify.values()))
            : Rule.AutoQualify.NO,
        resets);
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

  private static Limits limits(Random random, boolean mayBeNightly) {
    Long cap = random.nextInt(4) == 0 ? (Long) Math.abs(points(random)) : null;
    Long floor = random.nextInt(8) == 0 ? (Long) (-Math.abs(points(random))) : null;
    boolean nightly = mayBeNightly && random.nextBoolean();
    return new Limits(
        cap,
        pick(random, List.of(Limits.CapMode.values())),
        floor,
        nightly ? Limits.FloorMode.NIGHTLY : Limits.FloorMode.ALWAYS);
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
