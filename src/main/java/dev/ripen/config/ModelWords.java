package dev.ripen.config;

import dev.ripen.config.Definition.Model;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Durations;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Levels.Band;
import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Qualification.Disqualified;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.ScoringModel.StatusEffects;
import dev.ripen.scoring.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a model says besides its rules, one sentence each. Pure. */
final class ModelWords {
  private final Model model;
  private final RuleWords rules;

  ModelWords(Model model, RuleWords rules) {
    this.model = model;
    this.rules = rules;
  }

  /** All sentences but those on exclusions and levels. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    Qualification qualification = model.scoring().qualification();
    sentences.add(Words.threshold(qualification));
    model
        .segment()
        .ifPresent(sql -> sentences.add("A person's segment is " + Words.oneLine(sql) + "."));
    atOnce().ifPresent(sentences::add);
    sentences.add(lapse(qualification));
    sentences.add(Words.requalify(qualification.requalify()));
    sentences.add(
        qualification.disqualified() == Disqualified.STAYS
            ? "A person whom sales has disqualified does not become an MQL again."
            : "A person whom sales has disqualified can become an MQL again.");
    model
        .population()
        .ifPresent(sql -> sentences.add("It is about people for whom " + Words.oneLine(sql) + "."));
    window(model.scoring().window(), sentences);
    statusEffects(model.scoring().statusEffects(), sentences);
    String total = Words.limits(model.scoring().total());
    if (!total.isEmpty()) {
      sentences.add("The score is " + total + ".");
    }
    return sentences;
  }

  private Optional<String> atOnce() {
    List<String> labels =
        model.scoring().dimensions().stream()
            .flatMap(dimension -> dimension.rules().stream())
            .filter(rule -> rule.effects().autoQualify() != Rule.AutoQualify.NO)
            .map(Rule::label)
            .toList();
    return labels.isEmpty()
        ? Optional.empty()
        : Optional.of("Whatever the score, an MQL is made at once by " + Words.or(labels) + ".");
  }

  private static String lapse(Qualification qualification) {
    return qualification.lapseBelow() == null
        ? "Decay alone never makes or unmakes an MQL."
        : "Decay alone never makes an MQL. A person whose score falls below "
            + Words.points(qualification.lapseBelow())
            + ", also by the passing of time, is no longer one.";
  }

  private void window(Window window, List<String> sentences) {
    if (window.hasOpening()) {
      List<String> openings = new ArrayList<>(rules.labels(window.openingRules()));
      RuleWords.sorted(window.openingStatuses())
          .forEach(status -> openings.add("the status " + status));
      sentences.add(
          "It counts "
              + (window.lengthMicros() == null
                  ? ""
                  : "for " + Durations.text(window.lengthMicros()) + " ")
              + "from "
              + Words.or(openings)
              + " on, which ends all earlier points; at other times nothing is earned and nobody"
              + " becomes an MQL.");
    }
    List<String> exits = new ArrayList<>();
    if (window.exitOnMql()) {
      exits.add("who has become an MQL");
    }
    if (!window.exitStatuses().isEmpty()) {
      exits.add("whose status becomes " + Words.or(RuleWords.sorted(window.exitStatuses())));
    }
    if (!exits.isEmpty()) {
      sentences.add("Nothing more is earned by a person " + Words.or(exits) + ".");
    }
  }

  private void statusEffects(StatusEffects effects, List<String> sentences) {
    if (!effects.suspending().isEmpty()) {
      sentences.add(
          "While the latest status is "
              + Words.or(RuleWords.sorted(effects.suspending()))
              + ", no points are added; losing points goes on.");
    }
    new TreeMap<>(effects.resets())
        .forEach((status, dimensions) -> sentences.add(reset(status, dimensions)));
    if (effects.resets().isEmpty()) {
      sentences.add("Recycling ends no points.");
    }
  }

  private String reset(String status, Set<String> dimensions) {
    boolean all = dimensions.size() == model.scoring().dimensions().size();
    return "The status "
        + status
        + " ends earlier points"
        + (all ? "" : " of " + Words.and(rules.dimensions(dimensions)))
        + "; what is true of the person still counts.";
  }

  /** Empty without levels. */
  Optional<String> levels() {
    if (model.scoring().levels() instanceof Levels.Matrix matrix) {
      return Optional.of(
          "Levels by two values: a letter by "
              + matrix.letterDimension()
              + " ("
              + bands(matrix.letters())
              + ") and a digit by "
              + matrix.digitDimension()
              + " ("
              + bands(matrix.digits())
              + "), such as "
              + matrix.names().get(0)
              + ".");
    }
    List<Level> grades = grades();
    return grades.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Levels"
                + (grades.stream().allMatch(ModelWords::isBand)
                    ? " by the score: "
                    : ", the first that holds: ")
                + String.join(
                    "; ", grades.stream().map(level -> level.name() + " " + when(level)).toList())
                + ".");
  }

  List<Level> grades() {
    return model.scoring().levels() instanceof Levels.Grades grades ? grades.levels() : List.of();
  }

  private static String bands(List<Band> bands) {
    return String.join(
        "; ",
        bands.stream()
            .map(band -> band.name() + " " + Words.from(band.fromMicroPoints()))
            .toList());
  }

  private static boolean isBand(Level level) {
    return level.minimums().isEmpty() && level.allOf().isEmpty();
  }

  /** For example {@code from 65 points with fit of at least 10 points}. */
  String when(Level level) {
    List<String> conditions = new ArrayList<>();
    new TreeMap<>(level.minimums())
        .forEach((name, least) -> conditions.add(name + " of at least " + Words.points(least)));
    conditions.addAll(rules.labels(level.allOf()));
    if (conditions.isEmpty()) {
      return Words.from(level.fromMicroPoints());
    }
    String with = "with " + Words.and(conditions);
    return level.fromMicroPoints() == Long.MIN_VALUE
        ? with
        : Words.from(level.fromMicroPoints()) + " " + with;
  }

  /** What is true of the sum of a dimension; empty: nothing. */
  static String limits(Dimension dimension) {
    String bounds = Words.limits(dimension.limits());
    if (dimension.stopAbove() == null) {
      return bounds;
    }
    String stop =
        "nothing is earned while the score is above " + Words.points(dimension.stopAbove());
    return bounds.isEmpty() ? stop : bounds + "; " + stop;
  }
}
