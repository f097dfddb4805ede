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
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The semantics a second time, written straight from the text, slow and simple: every instant and
 * every midnight is visited, every sum is worked out from scratch. Shares with the fold only the
 * line of reasons.
 */
final class NaiveTimeline {
  private static final long DAY = 86_400_000_000L;

  private final List<RulesVersion> versions;
  private final Facts facts;
  private final List<Made> made = new ArrayList<>();
  private final List<Correction> corrections = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final List<ScoreCard.Episode> episodes = new ArrayList<>();
  private final Map<String, Integer> resets = new HashMap<>();
  private String status = "";
  private boolean autoQualified;
  private boolean mayLapse;
  private boolean missed = true;
  private boolean exited;
  private boolean begun;
  private int step;
  private @Nullable Long windowOpened;
  private @Nullable Long created;
  private @Nullable Long lastActivity;

  /** An award, also if a reset has ended it; steps number everything that happens. */
  private record Made(int step, int version, String dimension, Rule rule, long at, long points) {}

  /** What a nightly floor gave a dimension or the total. */
  private record Correction(int step, String where, long points) {}

  /** A signal, a status, or the firing of a rule that looks at others. */
  private record Mark(String rule, long at, @Nullable String visitor) {}

  /**
   * Values after limits.
   *
   * @param sums of rules, groups, dimensions and the total before their own limits
   */
  private record Reading(
      long total,
      Map<String, Long> dimensions,
      Map<String, Long> sums,
      List<ScoreCard.Contribution> contributions,
      List<ScoreCard.Adjustment> adjustments) {}

  private NaiveTimeline(List<RulesVersion> versions, Facts facts) {
    this.versions = versions;
    this.facts = facts;
  }

  static ScoreCard score(List<RulesVersion> versions, Facts facts, long asOf) {
    return new NaiveTimeline(versions, facts).score(asOf);
  }

  private ScoreCard score(long asOf) {
    List<Signal> signals = signals(asOf);
    SortedSet<Long> instants = new TreeSet<>();
    signals.forEach(signal -> instants.add(signal.occurredAtMicros()));
    facts.statuses().forEach(change -> instants.add(change.occurredAtMicros()));
    facts.attributeChanges().forEach(change -> instants.add(change.occurredAtMicros()));
    versions.stream().skip(1).forEach(version -> instants.add(version.effectiveFromMicros()));
    Long creation = facts.createdAtMicros();
    if (creation == null && !signals.isEmpty()) {
      creation = signals.get(0).occurredAtMicros();
    }
    if (creation != null) {
      instants.add(creation);
    }
    SortedSet<Long> midnights =
        instants.isEmpty() ? new TreeSet<>() : midnights(instants.first(), asOf);
    SortedSet<Long> all = new TreeSet<>(midnights);
    all.addAll(instants);
    for (long at : all.headSet(asOf + 1)) {
      if (midnights.contains(at)) {
        passNight(at);
      }
      if (instants.contains(at)) {
        created = creation != null && creation <= at ? creation : null;
        visit(at, signals);
      }
    }
    return attributes(asOf).excludedBecause() == null ? card(asOf) : excludedCard(asOf);
  }

  private int version(long at) {
    int version = 0;
    for (int i = 1; i < versions.size(); i++) {
      version = versions.get(i).effectiveFromMicros() <= at ? i : version;
    }
    return version;
  }

  private ScoringModel model(long at) {
    return versions.get(version(at)).model();
  }

  private static List<Rule> rules(ScoringModel model) {
    return model.dimensions().stream().flatMap(d -> d.rules().stream()).toList();
  }

  private static @Nullable Rule rule(ScoringModel model, String name) {
    return rules(model).stream().filter(r -> r.name().equals(name)).findFirst().orElse(null);
  }

  private Attributes attributes(long at) {
    return facts.attributeChanges().stream()
        .filter(change -> change.occurredAtMicros() <= at)
        .max(Comparator.comparingLong(Attributes.Change::occurredAtMicros))
        .map(Attributes.Change::attributes)
        .orElse(facts.attributes());
  }

  private SortedSet<Long> midnights(long from, long to) {
    SortedSet<Long> midnights = new TreeSet<>();
    for (LocalDate day = date(from).plusDays(1); midnight(day) <= to; day = day.plusDays(1)) {
      midnights.add(midnight(day));
    }
    return midnights;
  }

  private long midnight(LocalDate day) {
    return day.atStartOfDay(versions.get(0).model().zone())
            .withZoneSameInstant(ZoneOffset.UTC)
            .toEpochSecond()
        * 1_000_000L;
  }

  private ScoreCard excludedCard(long asOf) {
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
        attributes(asOf).excludedBecause());
  }

  /** Matching signals without copies, in the order of awards. */
  private List<Signal> signals(long asOf) {
    Comparator<Signal> order =
        Comparator.comparingLong(Signal::occurredAtMicros)
            .thenComparing(this::orderOfRule)
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

  private int orderOfRule(Signal signal) {
    ScoringModel model = model(signal.occurredAtMicros());
    return rules(model).indexOf(rule(model, signal.rule()));
  }

  private boolean matches(Signal signal) {
    Rule rule = rule(model(signal.occurredAtMicros()), signal.rule());
    return rule != null
        && rule.trigger() instanceof Trigger.Event
        && holds(rule, attributes(signal.occurredAtMicros()));
  }

  private static boolean holds(Rule rule, Attributes attributes) {
    return !rule.conditions().lead() || attributes.holds().contains(rule.name());
  }

  private long points(Signal signal) {
    Long own = signal.microPoints();
    return own != null ? own : rule(model(signal.occurredAtMicros()), signal.rule()).microPoints();
  }

  private void passNight(long at) {
    ScoringModel model = model(at - 1);
    boolean happened = false;
    long total = read(at, at - 1).total();
    for (Rule rule : rules(model)) {
      if (rule.trigger() instanceof Trigger.Inactivity silence) {
        for (int due = timesDue(silence, at); due > 0; due--) {
          boolean inBand =
              (silence.above() == null || total > silence.above())
                  && (silence.upTo() == null || total <= silence.upTo());
          if (inBand && rule.microPoints() != 0) {
            make(rule, at - 1, at, rule.microPoints());
            happened = true;
          }
        }
      }
    }
    Map<String, Long> found = read(at, at - 1).dimensions();
    for (Dimension dimension : model.dimensions()) {
      happened |= correct(dimension.limits(), dimension.name(), found.get(dimension.name()));
    }
    happened |= correct(model.total(), "total", read(at, at - 1).total());
    if (happened && created != null) {
      check(at, at - 1);
    }
    if (isOpen()) {
      judgeLapse(at, at - 1);
    }
  }

  /** How many dues have this as their first midnight. */
  private int timesDue(Trigger.Inactivity silence, long midnight) {
    if (created == null) {
      return 0;
    }
    Long active =
        silence.rules().isEmpty()
            ? lastActivity
            : marks.stream()
                .filter(mark -> silence.rules().contains(mark.rule()))
                .map(Mark::at)
                .max(Comparator.naturalOrder())
                .orElse(null);
    long clock = active == null ? created : Math.max(created, active);
    long yesterday = midnight(date(midnight).minusDays(1));
    int times = 0;
    for (int k = 0; k == 0 || silence.everyDays() != null; k++) {
      int every = silence.everyDays() == null ? 0 : silence.everyDays();
      long due = clock + (silence.afterDays() + (long) k * every) * DAY;
      if (due > midnight) {
        break;
      }
      times += due > yesterday ? 1 : 0;
    }
    return times;
  }

  private boolean correct(Limits limits, String where, long value) {
    boolean isNightly = limits.floorMode() == Limits.FloorMode.NIGHTLY && limits.floor() != null;
    if (!isNightly || value >= limits.floor()) {
      return false;
    }
    corrections.add(new Correction(step++, where, limits.floor() - value));
    return true;
  }

  private void visit(long at, List<Signal> signals) {
    ScoringModel model = model(at);
    List<StatusChange> changes =
        facts.statuses().stream()
            .filter(change -> change.occurredAtMicros() == at)
            .distinct()
            .sorted(
                Comparator.comparing(StatusChange::status)
                    .thenComparing(s -> s.reason() == null ? "" : s.reason()))
            .toList();
    List<Signal> here = signals.stream().filter(s -> s.occurredAtMicros() == at).toList();
    Attributes before =
        facts.attributeChanges().stream().anyMatch(change -> change.occurredAtMicros() == at)
            ? attributes(at - 1)
            : attributes(at);
    List<Rule> derived =
        rules(model).stream()
            .filter(r -> r.trigger() instanceof Trigger.AllOf)
            .filter(r -> begun && isTrue(r, before, at))
            .toList();
    begun = true;
    List<Mark> marksBefore = List.copyOf(marks);
    here.forEach(s -> marks.add(new Mark(s.rule(), at, s.visitorId())));
    for (Rule rule : rules(model)) {
      if (rule.trigger() instanceof Trigger.Status of
          && changes.stream().anyMatch(c -> of.statuses().contains(c.status()))) {
        marks.add(new Mark(rule.name(), at, null));
      }
    }
    reset(at, changes, here);
    changes.forEach(change -> apply(change, at, before));
    for (Award award : awards(at, changes, here)) {
      lastActivity = award.points > 0 ? (Long) at : lastActivity;
      award(award.rule, at, award.points);
    }
    for (Rule rule : rules(model)) {
      boolean becomesTrue =
          rule.trigger() instanceof Trigger.Count count
              ? holds(rule, attributes(at))
                  && isEnough(count, marks, at)
                  && !isEnough(count, marksBefore, at)
              : rule.trigger() instanceof Trigger.AllOf
                  && isTrue(rule, attributes(at), at)
                  && !derived.contains(rule);
      if (becomesTrue) {
        marks.add(new Mark(rule.name(), at, null));
        award(rule, at, rule.microPoints());
      }
    }
    if (created != null) {
      check(at, at);
    }
  }

  /** An award that asks to be made. */
  private record Award(Rule rule, String eventId, long points) {}

  private List<Award> awards(long at, List<StatusChange> changes, List<Signal> here) {
    ScoringModel model = model(at);
    List<Award> awards = new ArrayList<>();
    for (Rule rule : rules(model)) {
      here.stream()
          .filter(signal -> signal.rule().equals(rule.name()))
          .forEach(signal -> awards.add(new Award(rule, signal.eventId(), points(signal))));
      if (rule.trigger() instanceof Trigger.Status of && holds(rule, attributes(at))) {
        changes.stream()
            .filter(change -> of.statuses().contains(change.status()))
            .forEach(change -> awards.add(new Award(rule, "", rule.microPoints())));
      }
    }
    return awards;
  }

  private void reset(long at, List<StatusChange> changes, List<Signal> here) {
    ScoringModel model = model(at);
    Window window = model.window();
    if (here.stream().anyMatch(s -> window.openingRules().contains(s.rule()))
        || changes.stream().anyMatch(c -> window.openingStatuses().contains(c.status()))) {
      windowOpened = at;
      exited = false;
      model.dimensions().forEach(dimension -> reset(dimension.name()));
      versions.stream()
          .filter(version -> version.effectiveFromMicros() <= at)
          .flatMap(version -> version.model().dimensions().stream())
          .forEach(dimension -> reset(dimension.name()));
    }
    for (StatusChange change : changes) {
      model.statusEffects().resets().getOrDefault(change.status(), Set.of()).forEach(this::reset);
    }
    for (Rule rule : rules(model)) {
      boolean fires =
          here.stream().anyMatch(signal -> signal.rule().equals(rule.name()))
              || (rule.trigger() instanceof Trigger.Status of
                  && holds(rule, attributes(at))
                  && changes.stream().anyMatch(c -> of.statuses().contains(c.status())));
      if (fires) {
        rule.effects().resets().forEach(this::reset);
      }
    }
  }

  private void reset(String dimension) {
    resets.put(dimension, step++);
    resets.put("total", step++);
  }

  private boolean isTrue(Rule rule, Attributes attributes, long at) {
    Trigger.AllOf all = (Trigger.AllOf) rule.trigger();
    return holds(rule, attributes)
        && all.rules().stream().allMatch(member -> isThere(member, all, attributes, at));
  }

  private boolean isThere(String member, Trigger.AllOf all, Attributes attributes, long at) {
    Rule rule = rule(model(at), member);
    if (rule == null) {
      return false;
    }
    return rule.isAttribute()
        ? attributes.holds().contains(member)
        : isMarked(member, all.windowMicros(), at);
  }

  private boolean isMarked(String rule, @Nullable Long window, long at) {
    return marks.stream()
        .anyMatch(m -> m.rule().equals(rule) && (window == null || m.at() > at - window));
  }

  private boolean isEnough(Trigger.Count count, List<Mark> until, long at) {
    List<Mark> found =
        until.stream()
            .filter(mark -> mark.visitor() != null && count.rules().contains(mark.rule()))
            .filter(mark -> count.windowMicros() == null || mark.at() > at - count.windowMicros())
            .toList();
    long size =
        switch (count.unit()) {
          case SIGNALS -> found.size();
          case LOCAL_DAYS -> found.stream().map(mark -> date(mark.at())).distinct().count();
          case PEOPLE -> found.stream().map(Mark::visitor).distinct().count();
        };
    return size >= count.atLeast();
  }

  private void apply(StatusChange change, long at, Attributes before) {
    status = change.status();
    boolean accepts = List.of("accepted", "opportunity", "customer").contains(change.status());
    boolean closes = List.of("recycled", "disqualified").contains(change.status());
    if (isOpen() && accepts && latest().acceptedAtMicros() == null) {
      replaceLatest(at, null, null, null);
    }
    if (isOpen() && closes) {
      replaceLatest(latest().acceptedAtMicros(), at, change.status(), change.reason());
      missed = !isMet(readWith(before, at), at, at, before);
    }
    exited |= model(at).window().exitStatuses().contains(change.status());
  }

  private void judgeLapse(long at, long rulesAt) {
    Long least = model(rulesAt).qualification().lapseBelow();
    if (least != null && read(at, rulesAt).total() >= least) {
      mayLapse = true;
    } else if (least != null && mayLapse) {
      replaceLatest(latest().acceptedAtMicros(), at, "lapsed", null);
      missed = !isMet(read(at, rulesAt), at, rulesAt, attributes(rulesAt));
    }
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

  private void make(Rule rule, long rulesAt, long at, long points) {
    made.add(
        new Made(
            step++, version(rulesAt), dimension(model(rulesAt), rule).name(), rule, at, points));
  }

  private void award(Rule rule, long at, long points) {
    ScoringModel model = model(at);
    boolean refused = !isInWindow(model, at) || !areConditionsMet(rule, at);
    List<Made> before =
        made.stream()
            .filter(award -> award.rule().name().equals(rule.name()))
            .filter(award -> !(award.rule().trigger() instanceof Trigger.Inactivity))
            .toList();
    boolean tooOften = isTooOften(rule.frequency(), before, at);
    boolean suspended = model.statusEffects().suspending().contains(status);
    boolean qualifies =
        switch (rule.effects().autoQualify()) {
          case NO -> false;
          case ALWAYS -> true;
          case WHEN_HELD -> attributes(at).holds().contains(rule.name() + "#auto-qualify");
        };
    qualifies &= !refused && !suspended && !tooOften;
    autoQualified |= qualifies;
    Reading reading = read(at, at);
    Long stopAbove = dimension(model, rule).stopAbove();
    refused |= suspended && points > 0;
    refused |= stopAbove != null && reading.total() > stopAbove;
    refused |= tooOften;
    long kept = points > 0 ? Math.min(points, room(rule, reading, model)) : points;
    if (qualifies || (!refused && (kept != 0 || points == 0))) {
      make(rule, at, at, refused ? 0 : kept);
    }
  }

  private boolean isTooOften(Frequency frequency, List<Made> before, long at) {
    if (frequency instanceof Frequency.Once) {
      return !before.isEmpty();
    }
    if (frequency instanceof Frequency.Rolling rolling) {
      long from = at - rolling.days() * DAY;
      return before.stream().filter(award -> award.at() > from).count() >= rolling.times();
    }
    if (frequency instanceof Frequency.Calendar calendar) {
      LocalDate bucket = bucket(at, calendar.bucket());
      return before.stream().filter(a -> bucket(a.at(), calendar.bucket()).equals(bucket)).count()
          >= calendar.times();
    }
    return false;
  }

  private boolean areConditionsMet(Rule rule, long at) {
    Rule.Conditions conditions = rule.conditions();
    Long within = conditions.withinMicros();
    return conditions.requires().stream().allMatch(name -> isMarked(name, within, at))
        && conditions.unless().stream().noneMatch(name -> isMarked(name, within, at))
        && (conditions.whileStatus().isEmpty() || conditions.whileStatus().contains(status))
        && conditions.minimums().entrySet().stream()
            .allMatch(least -> read(at, at).dimensions().get(least.getKey()) >= least.getValue());
  }

  private boolean isInWindow(ScoringModel model, long at) {
    Window window = model.window();
    if (exited) {
      return false;
    }
    if (window.openingRules().isEmpty() && window.openingStatuses().isEmpty()) {
      return true;
    }
    Long length = window.lengthMicros();
    return windowOpened != null && (length == null || at < windowOpened + length);
  }

  private long room(Rule rule, Reading reading, ScoringModel model) {
    Map<String, Limits> path = new LinkedHashMap<>();
    path.put("rule " + dimension(model, rule).name() + " " + rule.name(), rule.limits());
    for (Group group : dimension(model, rule).groups()) {
      if (group.name().equals(rule.group())) {
        path.put("group " + group.name(), group.limits());
      }
    }
    path.put("dimension " + dimension(model, rule).name(), dimension(model, rule).limits());
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
        Instant.EPOCH.plusSeconds(Math.floorDiv(at, 1_000_000L)), versions.get(0).model().zone());
  }

  private void check(long at, long rulesAt) {
    ScoringModel model = model(rulesAt);
    Attributes attributes = attributes(rulesAt);
    Reading reading = read(at, rulesAt);
    boolean met = isMet(reading, at, rulesAt, attributes);
    boolean fired =
        autoQualified && attributes.excludedBecause() == null && attributes.inPopulation();
    autoQualified = false;
    if (isOpen()) {
      missed |= !met;
      judgeLapse(at, rulesAt);
      return;
    }
    if (((met && missed) || fired) && mayOpen(model.qualification())) {
      missed = false;
      Long lapseBelow = model.qualification().lapseBelow();
      mayLapse = lapseBelow != null && reading.total() >= lapseBelow;
      episodes.add(
          new ScoreCard.Episode(
              episodes.size() + 1,
              at,
              reading.total(),
              reading.dimensions(),
              level(reading, rulesAt),
              Reasons.of(reading.contributions()),
              model.version(),
              null,
              null,
              null,
              null));
      exited |= model.window().exitOnMql();
    }
    missed |= !met;
  }

  private boolean mayOpen(Qualification qualification) {
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

  private boolean isMet(Reading reading, long at, long rulesAt, Attributes attributes) {
    Qualification qualification = model(rulesAt).qualification();
    long threshold = qualification.threshold();
    if (attributes.segment() != null) {
      threshold = qualification.segmentThresholds().getOrDefault(attributes.segment(), threshold);
    }
    boolean reached =
        reading.total() > threshold
            || (reading.total() == threshold && !qualification.strictlyAbove());
    return reached
        && attributes.excludedBecause() == null
        && attributes.inPopulation()
        && isInWindow(model(rulesAt), at)
        && qualification.minimums().entrySet().stream()
            .allMatch(least -> reading.dimensions().get(least.getKey()) >= least.getValue());
  }

  /** The values at an instant under the rules and attributes of {@code rulesAt}. */
  private Reading read(long at, long rulesAt) {
    return new Reader(attributes(rulesAt), at, rulesAt).read();
  }

  private Reading readWith(Attributes attributes, long at) {
    return new Reader(attributes, at, at).read();
  }

  /** One reading. */
  private final class Reader {
    private final Attributes attributes;
    private final long at;
    private final long rulesAt;
    private final List<ScoreCard.Contribution> contributions = new ArrayList<>();
    private final List<ScoreCard.Adjustment> ofRules = new ArrayList<>();
    private final List<ScoreCard.Adjustment> ofGroups = new ArrayList<>();
    private final List<ScoreCard.Adjustment> ofDimensions = new ArrayList<>();
    private final Map<String, Long> sums = new HashMap<>();

    Reader(Attributes attributes, long at, long rulesAt) {
      this.attributes = attributes;
      this.at = at;
      this.rulesAt = rulesAt;
    }

    Reading read() {
      Map<String, Long> dimensions = new LinkedHashMap<>();
      List<Dimension> all = new ArrayList<>(model(rulesAt).dimensions());
      for (int older = 0; older < version(rulesAt); older++) {
        for (Dimension dimension : versions.get(older).model().dimensions()) {
          if (all.stream().noneMatch(d -> d.name().equals(dimension.name()))) {
            all.add(
                new Dimension(
                    dimension.name(), new Decay.None(), Limits.NONE, List.of(), List.of()));
          }
        }
      }
      all.forEach(dimension -> dimensions.put(dimension.name(), read(dimension)));
      long sum = dimensions.values().stream().mapToLong(Long::longValue).sum();
      sum += corrected("total");
      sums.put("total", sum);
      long total = limit(model(rulesAt).total(), sum, "total", ofDimensions);
      List<ScoreCard.Adjustment> adjustments = new ArrayList<>(ofRules);
      adjustments.addAll(ofGroups);
      adjustments.addAll(ofDimensions);
      return new Reading(total, dimensions, sums, contributions, adjustments);
    }

    private long read(Dimension dimension) {
      Map<String, Long> groups = new LinkedHashMap<>();
      dimension.groups().forEach(group -> groups.put(group.name(), 0L));
      long sum = 0;
      List<Rule> rules = new ArrayList<>(dimension.rules());
      rules.addAll(retired(dimension));
      for (Rule rule : rules) {
        long value = value(dimension, rule);
        sums.put("rule " + dimension.name() + " " + rule.name(), value);
        long limited = limit(rule.limits(), value, rule.name(), ofRules);
        if (rule.group() != null && groups.containsKey(rule.group())) {
          groups.merge(rule.group(), limited, Long::sum);
        } else {
          sum += limited;
        }
      }
      for (Group group : dimension.groups()) {
        sums.put("group " + group.name(), groups.get(group.name()));
        sum += limit(group.limits(), groups.get(group.name()), group.name(), ofGroups);
      }
      sum += corrected(dimension.name());
      sums.put("dimension " + dimension.name(), sum);
      return limit(dimension.limits(), sum, dimension.name(), ofDimensions);
    }

    /** Rules of older versions that this one does not have, as they were last. */
    private List<Rule> retired(Dimension dimension) {
      Map<String, Rule> retired = new LinkedHashMap<>();
      for (int older = 0; older < version(rulesAt); older++) {
        versions.get(older).model().dimensions().stream()
            .filter(d -> d.name().equals(dimension.name()))
            .flatMap(d -> d.rules().stream())
            .filter(rule -> !rule.isAttribute())
            .forEach(rule -> retired.put(rule.name(), rule));
      }
      dimension.rules().stream()
          .filter(rule -> !rule.isAttribute())
          .forEach(rule -> retired.remove(rule.name()));
      return List.copyOf(retired.values());
    }

    private long value(Dimension dimension, Rule rule) {
      if (rule.isAttribute()) {
        long own = attributes.points().getOrDefault(rule.name(), rule.microPoints());
        long points = attributes.holds().contains(rule.name()) ? own : 0;
        if (points != 0) {
          Long since = created != null && created <= at ? created : (Long) at;
          contributions.add(
              new ScoreCard.Contribution(
                  rule.name(), rule.label(), dimension.name(), points, points, 1, since));
        }
        return points;
      }
      List<Made> awards =
          made.stream()
              .filter(a -> a.rule().name().equals(rule.name()) && !a.rule().isAttribute())
              .filter(a -> a.dimension().equals(dimension.name()))
              .filter(a -> a.step() > resets.getOrDefault(dimension.name(), -1))
              .filter(a -> decayed(a, at) != 0)
              .toList();
      long value = awards.stream().mapToLong(award -> decayed(award, at)).sum();
      if (!awards.isEmpty()) {
        contributions.add(
            new ScoreCard.Contribution(
                rule.name(),
                rule.label(),
                dimension.name(),
                value,
                awards.stream().mapToLong(Made::points).sum(),
                awards.size(),
                awards.get(awards.size() - 1).at()));
      }
      return value;
    }

    private long corrected(String where) {
      long points =
          corrections.stream()
              .filter(c -> c.where().equals(where) && c.step() > resets.getOrDefault(where, -1))
              .mapToLong(Correction::points)
              .sum();
      if (points != 0) {
        ofDimensions.add(new ScoreCard.Adjustment("nightly-floor", where, points));
      }
      return points;
    }
  }

  private static long limit(
      Limits limits, long sum, String where, List<ScoreCard.Adjustment> adjustments) {
    long capped = limits.cap() == null ? sum : Math.min(limits.cap(), sum);
    boolean floors = limits.floor() != null && limits.floorMode() == Limits.FloorMode.ALWAYS;
    long floored = floors ? Math.max(limits.floor(), capped) : capped;
    if (capped != sum) {
      adjustments.add(new ScoreCard.Adjustment("cap", where, capped - sum));
    }
    if (floored != capped) {
      adjustments.add(new ScoreCard.Adjustment("floor", where, floored - capped));
    }
    return floored;
  }

  private long decayed(Made award, long at) {
    if (award.rule().trigger() instanceof Trigger.Inactivity) {
      return award.points();
    }
    int age = (int) (Math.max(0, midnight(date(at)) - award.at()) / DAY);
    return NaiveDecay.value(decay(award), award.points(), age);
  }

  private Decay decay(Made award) {
    Dimension dimension = dimension(versions.get(award.version()).model(), award.rule());
    if (award.rule().decay() != null) {
      return award.rule().decay();
    }
    for (Group group : dimension.groups()) {
      if (group.name().equals(award.rule().group()) && group.decay() != null) {
        return group.decay();
      }
    }
    return dimension.decay();
  }

  private static Dimension dimension(ScoringModel model, Rule rule) {
    return model.dimensions().stream().filter(d -> d.rules().contains(rule)).findFirst().get();
  }

  private @Nullable String level(Reading reading, long rulesAt) {
    ScoringModel model = model(rulesAt);
    if (model.levels() instanceof Levels.Matrix matrix) {
      String letter = band(matrix.letters(), reading.dimensions().get(matrix.letterDimension()));
      String digit = band(matrix.digits(), reading.dimensions().get(matrix.digitDimension()));
      return letter == null || digit == null ? null : letter + digit;
    }
    for (Level level : ((Levels.Grades) model.levels()).levels()) {
      boolean holds =
          reading.total() >= level.fromMicroPoints()
              && level.minimums().entrySet().stream()
                  .allMatch(least -> reading.dimensions().get(least.getKey()) >= least.getValue())
              && level.allOf().stream().allMatch(name -> contributes(name, reading, rulesAt));
      if (holds) {
        return level.name();
      }
    }
    return null;
  }

  private static @Nullable String band(List<Levels.Band> bands, long value) {
    return bands.stream()
        .filter(band -> value >= band.fromMicroPoints())
        .map(Levels.Band::name)
        .findFirst()
        .orElse(null);
  }

  private boolean contributes(String name, Reading reading, long rulesAt) {
    Rule rule = rule(model(rulesAt), name);
    if (rule == null) {
      return false;
    }
    if (rule.isAttribute()) {
      return attributes(rulesAt).holds().contains(name);
    }
    boolean signalsCarryPoints =
        rule.trigger() instanceof Trigger.Event event && event.signalsCarryPoints();
    if (rule.microPoints() == 0 && !signalsCarryPoints) {
      return marks.stream().anyMatch(mark -> mark.rule().equals(name));
    }
    String dimension = dimension(model(rulesAt), rule).name();
    return reading.contributions().stream()
        .anyMatch(c -> c.rule().equals(name) && c.dimension().equals(dimension));
  }

  private ScoreCard card(long asOf) {
    Reading reading = read(asOf, asOf);
    return new ScoreCard(
        reading.total(),
        reading.dimensions(),
        isOpen(),
        level(reading, asOf),
        episodes.isEmpty() ? null : (Long) episodes.get(0).openedAtMicros(),
        episodes.isEmpty() ? null : (Long) latest().openedAtMicros(),
        episodes.size(),
        episodes,
        reading.contributions(),
        reading.adjustments(),
        Reasons.of(reading.contributions()),
        lastActivity,
        null);
  }
}
