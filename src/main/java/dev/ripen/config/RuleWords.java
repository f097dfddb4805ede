package dev.ripen.config;

import dev.ripen.config.Definition.Model;
import dev.ripen.config.Definition.Predicates;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Durations;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.Rule.AutoQualify;
import dev.ripen.scoring.Trigger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules of one model in plain English, other rules by their labels. Pure. */
final class RuleWords {
  private static final Predicates NOTHING = new Predicates(Optional.empty(), Optional.empty());

  private final Model model;
  private final Map<String, String> labels = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /** How texts of users are shown. */
  interface Style {
    String sql(String sql);

    String label(String label);
  }

  /** As they are, in one line. */
  static final Style PLAIN =
      new Style() {
        @Override
        public String sql(String sql) {
          return Words.oneLine(sql);
        }

        @Override
        public String label(String label) {
          return label;
        }
      };

  RuleWords(Model model) {
    this.model = model;
    for (Dimension dimension : model.scoring().dimensions()) {
      for (Rule rule : dimension.rules()) {
        labels.put(rule.name(), rule.label());
        names.add(rule.name());
      }
    }
  }

  Predicates askedOf(Rule rule) {
    return model.rules().getOrDefault(rule.name(), NOTHING);
  }

  /** For example {@code 15 points}. */
  String points(Rule rule, Style style) {
    return askedOf(rule)
        .points()
        .map(sql -> "points as of " + style.sql(sql))
        .orElseGet(() -> Words.points(rule.microPoints()));
  }

  /** For a column of points. */
  String pointsAlone(Rule rule, Style style) {
    return askedOf(rule).points().map(style::sql).orElseGet(() -> Points.text(rule.microPoints()));
  }

  /** Labels of rules, in the order of the configuration. */
  List<String> labels(Collection<String> rules) {
    return names.stream().filter(rules::contains).map(labels::get).toList();
  }

  private List<String> labels(Style style, Collection<String> rules) {
    return labels(rules).stream().map(style::label).toList();
  }

  /** What makes it award or count, and under which conditions. */
  String when(Rule rule, Style style) {
    List<String> parts = new ArrayList<>();
    parts.add(trigger(rule, style));
    Rule.Conditions conditions = rule.conditions();
    if (conditions.lead()) {
      askedOf(rule).lead().ifPresent(lead -> parts.add("if at that moment " + style.sql(lead)));
    }
    String within =
        conditions.withinMicros() == null
            ? ""
            : "within " + Durations.text(conditions.withinMicros()) + " ";
    if (!conditions.requires().isEmpty()) {
      parts.add("only " + within + "after " + Words.and(labels(style, conditions.requires())));
    }
    if (!conditions.unless().isEmpty()) {
      parts.add("not " + within + "after " + Words.or(labels(style, conditions.unless())));
    }
    if (!conditions.whileStatus().isEmpty()) {
      parts.add("only while the status is " + Words.or(sorted(conditions.whileStatus())));
    }
    new TreeMap<>(conditions.minimums())
        .forEach(
            (dimension, least) ->
                parts.add("only while " + dimension + " is at least " + Words.points(least)));
    return String.join(", ", parts);
  }

  private String trigger(Rule rule, Style style) {
    Trigger trigger = rule.trigger();
    Predicates asked = askedOf(rule);
    if (trigger instanceof Trigger.Event) {
      return event(asked, style);
    }
    if (trigger instanceof Trigger.Status status) {
      return "when the status becomes " + Words.or(sorted(status.statuses()));
    }
    if (trigger instanceof Trigger.Count count) {
      return count(count, style);
    }
    if (trigger instanceof Trigger.AllOf all) {
      List<String> rules = labels(style, all.rules());
      String together = Words.and(rules) + (rules.size() == 1 ? " is there" : " come together");
      return all.windowMicros() == null
          ? "when " + together
          : "when " + together + " within " + Durations.text(all.windowMicros());
    }
    return trigger instanceof Trigger.Inactivity silence
        ? silence(silence, style)
        : "while " + asked.lead().map(style::sql).orElse("");
  }

  private static String event(Predicates asked, Style style) {
    String whose =
        switch (asked.source()) {
          case PERSON -> "for an event with ";
          case PEOPLE_OF_ACCOUNT -> "for an event of anybody in the person's account with ";
          case ACCOUNT -> "for an event of the person's account with ";
        };
    return whose + asked.event().map(style::sql).orElse("");
  }

  private String count(Trigger.Count count, Style style) {
    String rules = Words.or(labels(style, count.rules()));
    Long window = count.windowMicros();
    String within = window == null ? "" : " within " + Durations.text(window);
    int least = count.atLeast();
    return switch (count.unit()) {
      case SIGNALS -> "when there is the " + ordinal(least) + " " + rules + within;
      case LOCAL_DAYS -> "when there is the " + ordinal(least) + " day with " + rules + within;
      case PEOPLE -> "when there is the " + ordinal(least) + " person with " + rules + within;
    };
  }

  private static String ordinal(int number) {
    int rest = number % 100;
    String end =
        rest >= 11 && rest <= 13
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + end;
  }

  private String silence(Trigger.Inactivity silence, Style style) {
    StringBuilder words = new StringBuilder("after " + Words.days(silence.afterDays()));
    words.append(
        silence.rules().isEmpty()
            ? " without activity"
            : " without " + Words.or(labels(style, silence.rules())));
    if (silence.everyDays() != null) {
      words.append(", and again every ").append(Words.period(silence.everyDays()));
    }
    List<String> band = new ArrayList<>();
    if (silence.above() != null) {
      band.add("above " + Words.points(silence.above()));
    }
    if (silence.upTo() != null) {
      band.add("at most " + Words.points(silence.upTo()));
    }
    if (!band.isEmpty()) {
      words.append(", only while the score is ").append(Words.and(band));
    }
    return words.toString();
  }

  /** What it does besides: for example {@code makes an MQL at once}. */
  List<String> effects(Rule rule, Style style) {
    List<String> effects = new ArrayList<>();
    if (rule.effects().autoQualify() != AutoQualify.NO) {
      effects.add(
          "makes an MQL at once"
              + askedOf(rule).autoQualify().map(lead -> " if " + style.sql(lead)).orElse(""));
    }
    if (!rule.effects().resets().isEmpty()) {
      effects.add("ends earlier points of " + Words.and(dimensions(rule.effects().resets())));
    }
    return effects;
  }

  /** In the order of the configuration. */
  List<String> dimensions(Collection<String> dimensions) {
    return model.scoring().dimensions().stream()
        .map(Dimension::name)
        .filter(dimensions::contains)
        .toList();
  }

  /** Whether a frequency and a decay say something of it. */
  static boolean isAward(Rule rule) {
    return !rule.isAttribute() && !(rule.trigger() instanceof Trigger.Inactivity);
  }

  static List<String> sorted(Collection<String> texts) {
    return texts.stream().sorted().toList();
  }
}
