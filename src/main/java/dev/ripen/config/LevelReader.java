package dev.ripen.config;

import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Levels.Band;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code levels}: a list of grades, or letters and digits from two dimensions. */
final class LevelReader {
  /** For a level of all the rest. */
  private static final long ANY = Long.MIN_VALUE;

  private static final Map<String, String> LEVEL_ELSEWHERE =
      Map.of(
          "when", "name rules that must contribute: all-of = [ searched ]",
          "dimension",
              "write minimum { fit = 10 }, or letters and digits: levels { letters { … } }",
          "requires", "write all-of = [ searched ]",
          "rules", "write all-of = [ searched ]");

  private final List<String> dimensions;
  private final RuleBook book;
  private final List<Node> grades = new ArrayList<>();

  LevelReader(List<String> dimensions, RuleBook book) {
    this.dimensions = dimensions;
    this.book = book;
  }

  /** The levels of a model; none if it has none. */
  Levels read(Node model) {
    return model.isGroup("levels")
        ? model.child("levels").map(this::matrix).orElse(Levels.NONE)
        : new Levels.Grades(grades(model));
  }

  /** Where each level of a list stands. */
  List<Node> places() {
    return grades;
  }

  private List<Level> grades(Node model) {
    List<Level> levels = new ArrayList<>();
    List<Node> items = model.items("levels");
    for (int i = 0; i < items.size(); i++) {
      Node node = items.get(i);
      grades.add(node);
      Optional<String> name = gradeName(node, levels);
      boolean last = i == items.size() - 1;
      if (!last && !node.has("minimum") && !node.has("all-of")) {
        node.require("from", "only the lowest level, the last, goes without: from = 65");
      }
      Level level =
          new Level(
              name.orElse(""),
              node.parsed("from", Values::points).orElse(ANY),
              node.child("minimum")
                  .map(child -> QualificationReader.minimums(child, dimensions))
                  .orElse(Map.of()),
              Set.copyOf(book.names(node, "all-of", "", EnumSet.allOf(TriggerKind.class))));
      node.end(LEVEL_ELSEWHERE);
      if (!levels.isEmpty()) {
        checkOrder(node, levels.get(levels.size() - 1), level);
      }
      levels.add(level);
    }
    return levels;
  }

  /** There may be several ways to a level, but a second band of a name says nothing. */
  private static Optional<String> gradeName(Node node, List<Level> before) {
    Set<String> names = new HashSet<>();
    if (!node.has("minimum") && !node.has("all-of")) {
      before.stream().filter(LevelReader::isBand).map(Level::name).forEach(names::add);
    }
    return name(node, "level", "hot", names);
  }

  private static Optional<String> name(Node node, String what, String example, Set<String> names) {
    Optional<String> name = node.requiredText("name", "name the " + what + ": name = " + example);
    if (name.isPresent() && !names.add(name.get())) {
      node.invalid(
          "name", "two " + what + "s are called `" + name.get() + "`", "rename one of them");
    }
    return name;
  }

  private static void checkOrder(Node node, Level before, Level level) {
    if (node.has("from")
        && isBand(before)
        && isBand(level)
        && level.fromMicroPoints() >= before.fromMicroPoints()) {
      notBelow(node, "level");
    }
  }

  private static boolean isBand(Level level) {
    return level.minimums().isEmpty() && level.allOf().isEmpty();
  }

  private static void notBelow(Node node, String what) {
    node.invalid(
        "from",
        "`" + node.pathOf("from") + "` is not below the " + what + " before it",
        "list the " + what + "s from the highest to the lowest");
  }

  private Levels matrix(Node node) {
    node.require("letters", "write letters { dimension = fit, bands = [ … ] }");
    node.require("digits", "write digits { dimension = engagement, bands = [ … ] }");
    Optional<Side> letters = node.child("letters").map(child -> side(child, "A"));
    Optional<Side> digits = node.child("digits").map(child -> side(child, "\"1\""));
    node.end();
    if (letters.isEmpty() || digits.isEmpty()) {
      return Levels.NONE;
    }
    Side first = letters.get();
    Side second = digits.get();
    Levels.Matrix matrix =
        new Levels.Matrix(first.dimension(), first.bands(), second.dimension(), second.bands());
    Set<String> names = new HashSet<>();
    matrix.names().stream()
        .filter(name -> !names.add(name))
        .findFirst()
        .ifPresent(
            name ->
                node.invalid(
                    "digits",
                    "`" + node.path() + "` has two levels `" + name + "`",
                    "use other names for letters or digits"));
    return matrix;
  }

  private record Side(String dimension, List<Band> bands) {}

  private Side side(Node node, String example) {
    Optional<String> dimension =
        node.requiredText("dimension", "say which dimension they grade: dimension = fit");
    dimension.ifPresent(
        name ->
            Names.isDimension(
                node,
                "dimension",
                name,
                dimensions,
                "`" + node.pathOf("dimension") + "` names a dimension that does not exist"));
    node.require("bands", "write bands = [ { name = " + example + ", from = 50 }, … ]");
    List<Band> bands = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Node> items = node.items("bands");
    for (int i = 0; i < items.size(); i++) {
      Node item = items.get(i);
      Optional<String> name = name(item, "band", example, names);
      if (i < items.size() - 1) {
        item.require("from", "only the lowest band, the last, goes without: from = 50");
      }
      long from = item.parsed("from", Values::points).orElse(ANY);
      item.end();
      if (!bands.isEmpty()
          && item.has("from")
          && from >= bands.get(bands.size() - 1).fromMicroPoints()) {
        notBelow(item, "band");
      }
      bands.add(new Band(name.orElse(""), from));
    }
    if (items.isEmpty() && node.has("bands")) {
      node.invalid(
          "bands",
          "`" + node.pathOf("bands") + "` has no band",
          "write bands = [ { name = " + example + ", from = 50 }, … ]");
    }
    node.end();
    return new Side(dimension.orElse(""), bands);
  }
}
