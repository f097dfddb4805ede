package dev.ripen.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The semantics a second time, written straight from the text, slow and simple: every sum is worked
 * out from scratch at every instant. Shares with the fold only the line of reasons.
 */
final class NaiveTimeline {
  private static final long DAY = 86_400_000_000L;

  private final ScoringModel model;
  private final Facts facts;
  private final List<Rule> rules;
  private final List<Made> made = new ArrayList<>();
  private final List<ScoreCard.Episode> episodes = new ArrayList<>();
  private final Map<String, Long> lastResets = new HashMap<>();
  private String status = "";
  private boolean autoQualified;
  private boolean mayLapse;
  private boolean missed = true;
  private @Nullable Long created;
  private @Nullable Long lastActivity;

  /** An award, also if a reset has ended it. */
  private record Made(Rule rule, long at, long points) {}

  /**
   * Values after limits.
   *
   * @param sums of rules, groups, dimensions and the total before their own limits
   */
  private record Reading(
      long total,
      Map<String, Long> dimensions,
      Map<String, Long> sums,
      List<ScoreCard.Adjustment> adjustments) {}

  private NaiveTimeline(ScoringModel model, Facts facts) {
    this.model = model;
    this.facts = facts;
    rules = model.dimensions().stream().flatMap(d -> d.rules().stream()).toList();
  }

  static ScoreCard score(ScoringModel model, Facts facts, long asOf) {
    return new NaiveTimeline(model, facts).score(asOf);
  }

  private ScoreCard score(long asOf) {
    List<Signal> signals = signals(asOf);
    created = facts.createdAtMicros();
    if (created == null && !signals.isEmpty()) {
      created = signals.get(0).occurredAtMicros();
    }
    SortedSet<Long> instants = new TreeSet<>();
    signals.forEach(signal -> instants.add(signal.occurredAtMicros()));
    facts.statuses().forEach(status -> instants.add(status.occurredAtMicros()));
    if (created != null) {
      instants.add(created);
    }
    SortedSet<Long> midnights = instants.isEmpty() ? instants : midnights(instants.first(), asOf);
    SortedSet<Long> all = new TreeSet<>(midnights);
    all.addAll(instants);
    for (long at : all.headSet(asOf + 1)) {
      if (midnights.contains(at) && isOpen()) {
        judgeLapse(at);
      }
      if (instants.contains(at)) {
        visit(at, signals);
      }
    }
    return facts.attributes().excludedBecause() == null ? card(asOf) : excludedCard();
  }

  private SortedSet<Long> midnights(long from, long to) {
    SortedSet<Long> midnights = new TreeSet<>();
    for (LocalDate day = date(from).plusDays(1); midnight(day) <= to; day = day.plusDays(1)) {
      midnights.add(midnight(day));
    }
    return midnights;
  }

  private long midnight(LocalDate day) {
    return day.atStartOfDay(model.zone()).withZoneSameInstant(ZoneOffset.UTC).toEpochSecond()
        * 1_000_000L;
  }

  private ScoreCard excludedCard() {
    return new ScoreCard(
        0,
        Map.of(),
        false,
        null,
        null,
        null,
        0,
        List.of(),
        List.of(),
        List.of(),
        "",
        null,
        facts.attributes().excludedBecause());
  }

  /** Matching signals without copies, in the order of awards. */
  private List<Signal> signals(long asOf) {
    Comparator<Signal> order =
        Comparator.comparingLong(Signal::occurredAtMicros)
            .thenComparing(signal -> rules.indexOf(rule(signal.rule())))
            .thenComparing(signal -> signal.eventId().getBytes(UTF_8), Arrays::compareUnsigned)
            .thenComparing(signal -> signal.visitorId().getBytes(UTF_8), Arrays::compareUnsigned)
            .thenComparing(this::points);
    Map<List<String>, Signal> first = new LinkedHashMap<>();
    for (Signal signal : facts.signals()) {
      if (signal.occurredAtMicros() <= asOf && matches(signal)) {
        List<String> key = List.of(signal.visitorId(), signal.eventId(), signal.rule());
        first.merge(key, signal, (a, b) -> order.compare(a, b) <= 0 ? a : b);
      }
    }
    return first.values().stream().sorted(order).toList();
  }

  private boolean matches(Signal signal) {
    Rule rule = rule(signal.rule());
    return rule != null
        && rule.hasSignals()
        && (!rule.conditions().lead() || facts.attributes().holds().contains(rule.name()));
  }

  private @Nullable Rule rule(String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst().orElse(null);
  }

  private long points(Signal signal) {
    Long own = signal.microPoints();
    return own != null ? own : rule(signal.rule()).microPoints();
  }

  private void visit(long at, List<Signal> signals) {
    List<StatusChange> changes =
        facts.statuses().stream()
            .filter(status -> status.occurredAtMicros() == at)
            .sorted(
                Comparator.comparing(StatusChange::status)
                    .thenComparing(s -> s.reason() == null ? "" : s.reason()))
            .toList();
    List<Signal> here = signals.stream().filter(s -> s.occurredAtMicros() == at).toList();
    if (changes.stream().anyMatch(change -> change.status().equals("recycled"))) {
      model.dimensions().forEach(dimension -> lastResets.put(dimension.name(), at));
    }
    for (Signal signal : here) {
      rule(signal.rule()).effects().resets().forEach(dimension -> lastResets.put(dimension, at));
    }
    changes.forEach(change -> apply(change, at));
    for (Signal signal : here) {
      lastActivity = points(signal) > 0 ? (Long) at : lastActivity;
      award(signal);
    }
    rules.stream()
        .filter(rule -> rule.trigger() instanceof Trigger.Count)
        .filter(
            rule -> !rule.conditions().lead() || facts.attributes().holds().contains(rule.name()))
        .filter(rule -> isEnough((Trigger.Count) rule.trigger(), signals, at, at))
        .filter(rule -> !isEnough((Trigger.Count) rule.trigger(), signals, at, at - 1))
        .forEach(rule -> award(new Signal("", "", rule.name(), at, null)));
    if (created != null && at >= created) {
      check(at);
    }
  }

  /** Whether the signals up to {@code last} are enough in the window that ends at {@code at}. */
  private boolean isEnough(Trigger.Count count, List<Signal> signals, long at, long last) {
    List<Long> times =
        signals.stream()
            .filter(signal -> count.rules().contains(signal.rule()))
            .map(Signal::occurredAtMicros)
            .filter(time -> time > at - count.windowMicros() && time <= last)
            .toList();
    boolean ofDays = count.unit() == Trigger.Count.Unit.LOCAL_DAYS;
    long found = ofDays ? times.stream().map(this::date).distinct().count() : times.size();
    return found >= count.atLeast();
  }

  private void apply(StatusChange change, long at) {
    status = change.status();
    if (!isOpen()) {
      return;
    }
    boolean accepts = List.of("accepted", "opportunity", "customer").contains(change.status());
    boolean closes = List.of("recycled", "disqualified").contains(change.status());
    if (accepts && latest().acceptedAtMicros() == null) {
      replaceLatest(at, null, null, null);
    }
    if (closes) {
      close(at, change.status(), change.reason());
    }
  }

  private void judgeLapse(long at) {
    Long least = model.qualification().lapseBelow();
    if (least != null && read(at).total() >= least) {
      mayLapse = true;
    } else if (least != null && mayLapse) {
      close(at, "lapsed", null);
    }
  }

  private void close(long at, String by, @Nullable String reason) {
    replaceLatest(latest().acceptedAtMicros(), at, by, reason);
    missed = !isMet(read(at));
  }

  private void replaceLatest(
      @Nullable Long accepted,
      @Nullable Long closed,
      @Nullable String by,
      @Nullable String reason) {
    ScoreCard.Episode open = episodes.remove(episodes.size() - 1);
    episodes.add(
        new ScoreCard.Episode(
            open.number(),
            open.openedAtMicros(),
            open.scoreAtMql(),
            open.dimensionsAtMql(),
            open.levelAtMql(),
            open.reasonsAtMql(),
            open.versionAtMql(),
            accepted,
            closed,
            by,
            reason));
  }

  private void award(Signal signal) {
    Rule rule = rule(signal.rule());
    long at = signal.occurredAtMicros();
    long points = points(signal);
    List<Made> before = made.stream().filter(award -> award.rule().equals(rule)).toList();
    Frequency frequency = rule.frequency();
    boolean refused = false;
    if (frequency instanceof Frequency.Once) {
      refused = !before.isEmpty();
    } else if (frequency instanceof Frequency.Rolling rolling) {
      long from = at - rolling.days() * DAY;
      refused = before.stream().filter(award -> award.at() > from).count() >= rolling.times();
    } else if (frequency instanceof Frequency.Calendar calendar) {
      LocalDate bucket = bucket(at, calendar.bucket());
      refused =
          before.stream().filter(a -> bucket(a.at(), calendar.bucket()).equals(bucket)).count()
              >= calendar.times();
    }
    boolean suspended = model.statusEffects().suspending().contains(status);
    boolean qualifies =
        rule.effects().autoQualify() == Rule.AutoQualify.ALWAYS && !suspended && !refused;
    autoQualified |= qualifies;
    Reading reading = read(at);
    Long stopAbove = dimension(rule).stopAbove();
    refused |= suspended && points > 0;
    refused |= stopAbove != null && reading.total() > stopAbove;
    long kept = points > 0 ? Math.min(points, room(rule, reading)) : points;
    if (qualifies || (!refused && (kept != 0 || points == 0))) {
      made.add(new Made(rule, at, refused ? 0 : kept));
    }
  }

  private long room(Rule rule, Reading reading) {
    Map<String, Limits> path = new LinkedHashMap<>();
    path.put("rule " + rule.name(), rule.limits());
    for (Group group : dimension(rule).groups()) {
      if (group.name().equals(rule.group())) {
        path.put("group " + group.name(), group.limits());
      }
    }
    path.put("dimension " + dimension(rule).name(), dimension(rule).limits());
    path.put("total", model.total());
    long room = Long.MAX_VALUE;
    for (Map.Entry<String, Limits> step : path.entrySet()) {
      Limits limits = step.getValue();
      if (limits.cap() != null && limits.capMode() == Limits.CapMode.STOP) {
        room = Math.min(room, Math.max(0, limits.cap() - reading.sums().get(step.getKey())));
      }
    }
    return room;
  }

  private LocalDate bucket(long at, Frequency.Bucket bucket) {
    LocalDate date = date(at);
    return switch (bucket) {
      case DAY -> date;
      case WEEK -> date.minusDays(date.getDayOfWeek().getValue() - DayOfWeek.MONDAY.getValue());
      case MONTH -> LocalDate.of(date.getYear(), date.getMonth(), 1);
    };
  }

  private LocalDate date(long at) {
    return LocalDate.ofInstant(
        Instant.EPOCH.plusSeconds(Math.floorDiv(at, 1_000_000L)), model.zone());
  }

  private void check(long at) {
    Reading reading = read(at);
    boolean met = isMet(reading);
    boolean fired = autoQualified && facts.attributes().excludedBecause() == null;
    autoQualified = false;
    if (isOpen()) {
      missed |= !met;
      judgeLapse(at);
      return;
    }
    if (((met && missed) || fired) && mayOpen()) {
      missed = false;
      Long lapseBelow = model.qualification().lapseBelow();
      mayLapse = lapseBelow != null && reading.total() >= lapseBelow;
      episodes.add(
          new ScoreCard.Episode(
              episodes.size() + 1,
              at,
              reading.total(),
              reading.dimensions(),
              level(reading.total()),
              Reasons.of(contributions(at)),
              model.version(),
              null,
              null,
              null,
              null));
    }
    missed |= !met;
  }

  private boolean mayOpen() {
    Qualification qualification = model.qualification();
    if (episodes.isEmpty()) {
      return true;
    }
    Map<String, Boolean> allowed =
        Map.of(
            "recycled",
            true,
            "disqualified",
            qualification.disqualified() == Qualification.Disqualified.MAY_RETURN,
            "lapsed",
            qualification.requalify() == Qualification.Requalify.ON_CROSSING);
    return qualification.requalify() != Qualification.Requalify.NEVER
        && allowed.get(latest().closedBy());
  }

  private boolean isOpen() {
    return !episodes.isEmpty() && latest().closedAtMicros() == null;
  }

  private ScoreCard.Episode latest() {
    return episodes.get(episodes.size() - 1);
  }

  private boolean isMet(Reading reading) {
    Qualification qualification = model.qualification();
    long threshold = qualification.threshold();
    if (facts.attributes().segment() != null) {
      threshold =
          qualification.segmentThresholds().getOrDefault(facts.attributes().segment(), threshold);
    }
    boolean reached =
        reading.total() > threshold
            || (reading.total() == threshold && !qualification.strictlyAbove());
    return reached
        && facts.attributes().excludedBecause() == null
        && qualification.minimums().entrySet().stream()
            .allMatch(least -> reading.dimensions().get(least.getKey()) >= least.getValue());
  }

  private Reading read(long at) {
    List<ScoreCard.Adjustment> ofRules = new ArrayList<>();
    List<ScoreCard.Adjustment> ofGroups = new ArrayList<>();
    List<ScoreCard.Adjustment> ofDimensions = new ArrayList<>();
    Map<String, Long> dimensions = new LinkedHashMap<>();
    Map<String, Long> sums = new HashMap<>();
    for (Dimension dimension : model.dimensions()) {
      Map<String, Long> groups = new LinkedHashMap<>();
      dimension.groups().forEach(group -> groups.put(group.name(), 0L));
      long sum = 0;
      for (Rule rule : dimension.rules()) {
        sums.put("rule " + rule.name(), valueOf(rule, at));
        long value = limit(rule.limits(), valueOf(rule, at), rule.name(), ofRules);
        if (rule.group() == null) {
          sum += value;
        } else {
          groups.merge(rule.group(), value, Long::sum);
        }
      }
      for (Group group : dimension.groups()) {
        sums.put("group " + group.name(), groups.get(group.name()));
        sum += limit(group.limits(), groups.get(group.name()), group.name(), ofGroups);
      }
      sums.put("dimension " + dimension.name(), sum);
      dimensions.put(
          dimension.name(), limit(dimension.limits(), sum, dimension.name(), ofDimensions));
    }
    long total = dimensions.values().stream().mapToLong(Long::longValue).sum();
    sums.put("total", total);
    List<ScoreCard.Adjustment> ofTotal = new ArrayList<>();
    long limited = limit(model.total(), total, "total", ofTotal);
    return new Reading(
        limited,
        dimensions,
        sums,
        Stream.of(ofRules, ofGroups, ofDimensions, ofTotal).flatMap(List::stream).toList());
  }

  private static long limit(
      Limits limits, long sum, String where, List<ScoreCard.Adjustment> adjustments) {
    long capped = limits.cap() == null ? sum : Math.min(limits.cap(), sum);
    long floored = limits.floor() == null ? capped : Math.max(limits.floor(), capped);
    if (capped != sum) {
      adjustments.add(new ScoreCard.Adjustment("cap", where, capped - sum));
    }
    if (floored != capped) {
      adjustments.add(new ScoreCard.Adjustment("floor", where, floored - capped));
    }
    return floored;
  }

  private long valueOf(Rule rule, long at) {
    if (rule.isAttribute()) {
      return facts.attributes().holds().contains(rule.name()) ? rule.microPoints() : 0;
    }
    return counting(rule, at).stream().mapToLong(award -> decayed(award, at)).sum();
  }

  /**
   * Awards that no reset has ended (at one instant it comes first) and that are worth something.
   */
  private List<Made> counting(Rule rule, long at) {
    return made.stream()
        .filter(award -> award.rule().equals(rule))
        .filter(award -> award.at() >= resetOf(dimension(rule)))
        .filter(award -> decayed(award, at) != 0)
        .toList();
  }

  private long resetOf(Dimension dimension) {
    return lastResets.getOrDefault(dimension.name(), Long.MIN_VALUE);
  }

  private long decayed(Made award, long at) {
    int age = (int) (Math.max(0, midnight(date(at)) - award.at()) / DAY);
    return NaiveDecay.value(decay(award.rule()), award.points(), age);
  }

  private Decay decay(Rule rule) {
    Dimension dimension = dimension(rule);
    if (rule.decay() != null) {
      return rule.decay();
    }
    for (Group group : dimension.groups()) {
      if (group.name().equals(rule.group()) && group.decay() != null) {
        return group.decay();
      }
    }
    return dimension.decay();
  }

  private Dimension dimension(Rule rule) {
    return model.dimensions().stream().filter(d -> d.rules().contains(rule)).findFirst().get();
  }

  private @Nullable String level(long total) {
    return ((Levels.Grades) model.levels())
        .levels().stream()
            .filter(level -> total >= level.fromMicroPoints())
            .map(Level::name)
            .findFirst()
            .orElse(null);
  }

  private List<ScoreCard.Contribution> contributions(long at) {
    List<ScoreCard.Contribution> contributions = new ArrayList<>();
    for (Rule rule : rules) {
      boolean isAttribute = rule.isAttribute();
      List<Made> awards = isAttribute ? List.of() : counting(rule, at);
      long value = valueOf(rule, at);
      if (isAttribute ? value != 0 : !awards.isEmpty()) {
        long awarded = awards.stream().mapToLong(Made::points).sum();
        Long since = created != null && created <= at ? created : (Long) at;
        contributions.add(
            new ScoreCard.Contribution(
                rule.name(),
                rule.label(),
                dimension(rule).name(),
                value,
                isAttribute ? value : awarded,
                isAttribute ? 1 : awards.size(),
                isAttribute ? since : awards.get(awards.size() - 1).at()));
      }
    }
    return contributions;
  }

  private ScoreCard card(long asOf) {
    Reading reading = read(asOf);
    List<ScoreCard.Contribution> contributions = contributions(asOf);
    return new ScoreCard(
        reading.total(),
        reading.dimensions(),
        isOpen(),
        level(reading.total()),
        episodes.isEmpty() ? null : (Long) episodes.get(0).openedAtMicros(),
        episodes.isEmpty() ? null : (Long) latest().openedAtMicros(),
        episodes.size(),
        episodes,
        contributions,
        reading.adjustments(),
        Reasons.of(contributions),
        lastActivity,
        null);
  }
}
