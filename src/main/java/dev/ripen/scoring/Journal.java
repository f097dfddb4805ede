package dev.ripen.scoring;

import dev.ripen.scoring.History.Occurrence;
import dev.ripen.scoring.IndexedModel.IndexedRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down what a fold does, for explain. */
final class Journal {
  private final List<TimelineEntry> entries = new ArrayList<>();
  private final List<Line> pending = new ArrayList<>();
  private final Map<Integer, Long> resets = new HashMap<>();

  /** Why an award was not made. */
  enum Refusal {
    SUSPENDED,
    STOPPED,
    TOO_OFTEN,
    NO_ROOM
  }

  /** An entry whose total is not known yet. */
  private record Line(
      long atMicros,
      String what,
      @Nullable String rule,
      String label,
      long microPoints,
      String note) {}

  void created(long at, IndexedModel model, long[] sums, boolean isGiven) {
    String note = isGiven ? "" : "the first signal, because no creation time is known";
    add(at, "created", null, "Created", 0, note);
    for (IndexedRule rule : model.rules) {
      if (rule.isAttribute() && sums[rule.index()] != 0) {
        String name = rule.rule().name();
        add(at, "attribute", name, rule.rule().label(), sums[rule.index()], "holds now");
      }
    }
  }

  void award(Occurrence signal, long microPoints) {
    Rule rule = signal.rule().rule();
    String note =
        microPoints == signal.microPoints()
            ? ""
            : Reasons.signed(signal.microPoints()) + " cut by a cap";
    add(signal.atMicros(), "award", rule.name(), rule.label(), microPoints, note);
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
      entries.add(
          new TimelineEntry(
              line.atMicros,
              line.what,
              line.rule,
              line.label,
              line.microPoints,
              totalMicros,
              line.note));
    }
    pending.clear();
  }

  /** The entries; awards that are worth less on {@code day} carry the arithmetic. */
  List<TimelineEntry> tell(IndexedModel model, LocalDay day) {
    return entries.stream().map(entry -> withArithmetic(entry, model, day)).toList();
  }

  private TimelineEntry withArithmetic(TimelineEntry entry, IndexedModel model, LocalDay day) {
    IndexedRule rule = entry.rule() == null ? null : model.find(entry.rule());
    if (rule == null || !entry.what().equals("award")) {
      return entry;
    }
    return new TimelineEntry(
        entry.atMicros(),
        entry.what(),
        entry.rule(),
        entry.label(),
        entry.microPoints(),
        entry.totalAfterMicros(),
        arithmetic(entry, rule, day));
  }

  private String arithmetic(TimelineEntry award, IndexedRule rule, LocalDay day) {
    if (award.atMicros() < resets.getOrDefault(rule.dimension(), Long.MIN_VALUE)) {
      return "ended by a reset";
    }
    DecayCurve curve = rule.curve();
    long points = award.microPoints();
    long age = day.ageOf(award.atMicros());
    long value = curve == null ? points : curve.value(points, age);
    if (curve == null || value == points) {
      return award.note();
    }
    String decayed =
        Points.text(points) + " · " + curve.factorText(age) + " = " + Points.text(value);
    return award.note().isEmpty() ? decayed : award.note() + "; " + decayed;
  }

  private void add(
      long at, String what, @Nullable String rule, String label, long microPoints, String note) {
    pending.add(new Line(at, what, rule, label, microPoints, note));
  }

  private static String text(Refusal refusal, Rule rule) {
    return switch (refusal) {
      case SUSPENDED -> "suspended by the status";
      case STOPPED -> "the total is high enough";
      case TOO_OFTEN -> text(rule.frequency());
      case NO_ROOM -> "the cap is reached";
    };
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
