package dev.ripen.scoring;

import dev.ripen.scoring.Episodes.Standing;
import dev.ripen.scoring.History.Occurrence;
import dev.ripen.scoring.IndexedModel.IndexedRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down what a fold does, for explain. */
final class Journal {
  private final List<Line> lines = new ArrayList<>();
  private final List<Long> totals = new ArrayList<>();
  private final List<Line> pending = new ArrayList<>();
  private final Map<Integer, Long> resets = new HashMap<>();

  /** Why an award was not made. */
  enum Refusal {
    SUSPENDED,
    STOPPED,
    TOO_OFTEN,
    NO_ROOM,
    OUTSIDE,
    REQUIRES,
    UNLESS,
    OTHER_STATUS,
    BELOW_MINIMUM
  }

  /**
   * An entry whose total is not known yet.
   *
   * @param decay by which the award decays; null if it does not
   * @param dimension of an award, else −1
   */
  private record Line(
      long atMicros,
      String what,
      @Nullable String rule,
      String label,
      long microPoints,
      String note,
      @Nullable DecayCurve decay,
      int dimension) {}

  void created(long at, Standing standing, boolean isGiven) {
    String note = isGiven ? "" : "the first signal, because no creation time is known";
    add(at, "created", null, "Created", 0, note);
    for (IndexedRule rule : standing.model().rules) {
      long points = standing.sums()[rule.slot()];
      if (rule.isAttribute() && points != 0) {
        add(at, "attribute", rule.rule().name(), rule.rule().label(), points, "holds");
      }
    }
  }

  void version(long at, ScoringModel model) {
    String label = "Rules " + model.version() + " (" + model.fingerprint() + ")";
    add(at, "version", null, label, 0, "earlier awards stay as they are");
  }

  /** Rules over the lead that hold from now on, and that hold no more. */
  void attributes(long at, IndexedModel model, Attributes before, Attributes now) {
    for (IndexedRule rule : model.rules) {
      String name = rule.rule().name();
      boolean held = before.holds().contains(name);
      boolean holds = now.holds().contains(name);
      if (rule.isAttribute()
          && (held != holds || before.pointsOf(rule.rule()) != now.pointsOf(rule.rule()))) {
        long change = Math.subtractExact(now.pointsOf(rule.rule()), before.pointsOf(rule.rule()));
        String note = holds ? "holds from now on" : "holds no more";
        add(at, "attribute", name, rule.rule().label(), change, note);
      }
    }
    String excluded = now.excludedBecause();
    if (!Objects.equals(before.excludedBecause(), excluded)) {
      String label = excluded == null ? "No longer excluded" : "Excluded";
      add(at, "exclusion", null, label, 0, excluded == null ? "" : excluded);
    }
  }

  void window(long at) {
    add(at, "window", null, "Window opens", 0, "earlier awards end");
  }

  void silence(long at, IndexedRule rule, long microPoints) {
    String label = rule.rule().label();
    pending.add(
        new Line(
            at,
            "award",
            rule.rule().name(),
            label,
            microPoints,
            "no activity",
            null,
            rule.dimension()));
  }

  void floor(long at, String where, long microPoints) {
    add(at, "floor", null, "Floor of " + where, microPoints, "a night below the floor");
  }

  void award(Occurrence signal, long microPoints, ModelTimeline models) {
    Rule rule = signal.rule().rule();
    String note =
        microPoints == signal.microPoints()
            ? ""
            : Reasons.signed(signal.microPoints()) + " cut by a cap";
    int curve = signal.rule().curve();
    DecayCurve decay = curve < 0 ? null : models.curves.get(curve);
    pending.add(
        new Line(
            signal.atMicros(),
            "award",
            rule.name(),
            rule.label(),
            microPoints,
            note,
            decay,
            signal.rule().dimension()));
  }

  void refused(Occurrence signal, Refusal refusal) {
    Rule rule = signal.rule().rule();
    String note = Reasons.signed(signal.microPoints()) + " refused: " + text(refusal, rule);
    add(signal.atMicros(), "refused", rule.name(), rule.label(), 0, note);
  }

  void status(StatusChange change) {
    String note = change.reason() == null ? "" : change.reason();
    add(change.occurredAtMicros(), "status", change.status(), "Status " + change.status(), 0, note);
  }

  void reset(long at, String cause, int dimension, String name, long microPoints) {
    resets.put(dimension, at);
    String note = "ends the awards of earlier events";
    add(at, "reset", cause, "Reset of " + name, microPoints, note);
  }

  void opened(ScoreCard.Episode episode, String note) {
    add(episode.openedAtMicros(), "mql", null, "MQL number " + episode.number(), 0, note);
  }

  void closed(ScoreCard.Episode episode, long at, String by, @Nullable String reason) {
    String note = reason == null ? "" : reason;
    add(at, "closed", by, "End of MQL number " + episode.number(), 0, note);
  }

  /** Everything of this instant has happened. */
  void settle(long totalMicros) {
    for (Line line : pending) {
      lines.add(line);
      totals.add(totalMicros);
    }
    pending.clear();
  }

  /** The entries; awards that are worth less on {@code day} carry the arithmetic. */
  List<TimelineEntry> tell(LocalDay day) {
    List<TimelineEntry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      entries.add(
          new TimelineEntry(
              line.atMicros,
              line.what,
              line.rule,
              line.label,
              line.microPoints,
              totals.get(i),
              line.what.equals("award") ? noteOfAward(line, day) : line.note));
    }
    return entries;
  }

  private String noteOfAward(Line award, LocalDay day) {
    if (award.atMicros < resets.getOrDefault(award.dimension, Long.MIN_VALUE)) {
      return "ended by a reset";
    }
    DecayCurve curve = award.decay;
    long age = day.ageOf(award.atMicros);
    long value = curve == null ? award.microPoints : curve.value(award.microPoints, age);
    if (curve == null || value == award.microPoints) {
      return award.note;
    }
    String decayed =
        Points.text(award.microPoints) + " · " + curve.factorText(age) + " = " + Points.text(value);
    return award.note.isEmpty() ? decayed : award.note + "; " + decayed;
  }

  private void add(
      long at, String what, @Nullable String rule, String label, long microPoints, String note) {
    pending.add(new Line(at, what, rule, label, microPoints, note, null, -1));
  }

  private static String text(Refusal refusal, Rule rule) {
    return switch (refusal) {
      case SUSPENDED -> "suspended by the status";
      case STOPPED -> "the total is high enough";
      case TOO_OFTEN -> text(rule.frequency());
      case NO_ROOM -> "the cap is reached";
      case OUTSIDE -> "outside the window of the model";
      case REQUIRES -> "needs " + within(rule.conditions().requires(), rule);
      case UNLESS -> "not after " + within(rule.conditions().unless(), rule);
      case BELOW_MINIMUM -> "a dimension is below the minimum of the rule";
      case OTHER_STATUS ->
          "only while the status is "
              + String.join(" or ", rule.conditions().whileStatus().stream().sorted().toList());
    };
  }

  private static String within(Set<String> rules, Rule rule) {
    String names = String.join(", ", rules.stream().sorted().toList());
    Long micros = rule.conditions().withinMicros();
    return micros == null ? names : names + " within " + Durations.text(micros);
  }

  private static String text(Frequency frequency) {
    if (frequency instanceof Frequency.Rolling rolling) {
      return "at most " + rolling.times() + " per " + rolling.days() + " days";
    }
    if (frequency instanceof Frequency.Calendar calendar) {
      String bucket = calendar.bucket().name().toLowerCase(Locale.ROOT);
      return "at most " + calendar.times() + " per calendar " + bucket;
    }
    return "once only";
  }
}
