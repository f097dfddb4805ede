package dev.ripen.config;

import dev.ripen.config.Definition.Model;
import dev.ripen.problem.ErrorCode;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Levels.Band;
import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Rule.AutoQualify;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Thresholds, minimums and levels that nobody can reach. */
final class ReachLint {
  private final Model model;
  private final double total;
  private final Map<String, Double> dimensions = new HashMap<>();
  private final List<Lint> found = new ArrayList<>();

  private ReachLint(Model model) {
    this.model = model;
    Reach reach = new Reach(model);
    total = reach.total();
    for (Dimension dimension : model.scoring().dimensions()) {
      dimensions.put(dimension.name(), reach.dimension(dimension));
    }
  }

  static List<Lint> look(Model model) {
    ReachLint lint = new ReachLint(model);
    lint.lookAtThresholds();
    lint.lookAtLevels();
    return lint.found;
  }

  private void lookAtThresholds() {
    Qualification qualification = model.scoring().qualification();
    boolean atOnce =
        model.scoring().dimensions().stream()
            .flatMap(dimension -> dimension.rules().stream())
            .anyMatch(rule -> rule.effects().autoQualify() != AutoQualify.NO);
    if (atOnce) {
      // Then a threshold out of reach may be meant: only these rules make MQLs.
      return;
    }
    threshold("the threshold of ", qualification.threshold(), qualification.strictlyAbove());
    // Copied maps forget their order.
    new TreeMap<>(qualification.segmentThresholds())
        .forEach(
            (segment, least) ->
                threshold(
                    "the threshold for " + segment + " of ", least, qualification.strictlyAbove()));
    new TreeMap<>(qualification.minimums()).forEach(this::minimum);
  }

  private void threshold(String which, long least, boolean strictly) {
    if (least == Qualification.NO_THRESHOLD) {
      return;
    }
    if (least > total || (strictly && least >= total)) {
      found.add(
          Lint.ofModel(
              ErrorCode.LINT_THRESHOLD_OUT_OF_REACH,
              "mql.threshold",
              which
                  + Words.points(least)
                  + " is out of reach: the rules and caps give at most "
                  + most(total),
              "lower it, or raise caps, frequencies or points"));
    }
  }

  private void minimum(String dimension, long least) {
    double most = dimensions.getOrDefault(dimension, Double.POSITIVE_INFINITY);
    if (least > most) {
      found.add(
          Lint.ofModel(
              ErrorCode.LINT_THRESHOLD_OUT_OF_REACH,
              "mql.minimum",
              "the minimum of "
                  + Words.points(least)
                  + " in "
                  + dimension
                  + " is out of reach: its rules and caps give at most "
                  + most(most),
              "lower it, or raise caps, frequencies or points"));
    }
  }

  private static String most(double microPoints) {
    // Rounded down to whole micro-points, as scores are.
    return Words.points((long) Math.floor(microPoints));
  }

  private void lookAtLevels() {
    if (model.scoring().levels() instanceof Levels.Matrix matrix) {
      bands(true, matrix.letterDimension(), matrix.letters());
      bands(false, matrix.digitDimension(), matrix.digits());
      return;
    }
    List<Level> levels = ((Levels.Grades) model.scoring().levels()).levels();
    for (int i = 0; i < levels.size(); i++) {
      level(i, levels.get(i), levels.subList(0, i));
    }
  }

  private void level(int number, Level level, List<Level> before) {
    String name = "the level `" + level.name() + "`";
    if (level.fromMicroPoints() > total) {
      found.add(
          Lint.ofLevel(
              number,
              "from",
              name + " is out of reach: the rules and caps give at most " + most(total),
              "write a smaller from"));
    }
    new TreeMap<>(level.minimums())
        .forEach(
            (dimension, least) -> {
              double most = dimensions.getOrDefault(dimension, Double.POSITIVE_INFINITY);
              if (least > most) {
                found.add(
                    Lint.ofLevel(
                        number,
                        "minimum",
                        name + " is out of reach: " + dimension + " is at most " + most(most),
                        "write a smaller minimum"));
              }
            });
    before.stream()
        .filter(higher -> impliedBy(higher, level))
        .findFirst()
        .ifPresent(
            higher ->
                found.add(
                    Lint.ofLevel(
                        number,
                        "name",
                        "nobody is ever at "
                            + name
                            + ": whoever could be is at `"
                            + higher.name()
                            + "`, which comes first",
                        "put the harder level first")));
  }

  /** Whether the first holds whenever the second does. */
  private static boolean impliedBy(Level first, Level second) {
    return first.fromMicroPoints() <= second.fromMicroPoints()
        && second.allOf().containsAll(first.allOf())
        && first.minimums().entrySet().stream()
            .allMatch(
                least ->
                    second.minimums().getOrDefault(least.getKey(), Long.MIN_VALUE)
                        >= least.getValue());
  }

  private void bands(boolean letters, String dimension, List<Band> bands) {
    double most = dimensions.getOrDefault(dimension, Double.POSITIVE_INFINITY);
    for (Band band : bands) {
      if (band.fromMicroPoints() > most) {
        found.add(
            Lint.ofModel(
                ErrorCode.LINT_LEVEL_OUT_OF_REACH,
                letters ? "levels.letters" : "levels.digits",
                "the band `"
                    + band.name()
                    + "` of "
                    + dimension
                    + " is out of reach: it is at most "
                    + most(most),
                "write a smaller from"));
      }
    }
  }
}
