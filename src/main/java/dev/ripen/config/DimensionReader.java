package dev.ripen.config;

import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Dimensions with their groups and rules. */
final class DimensionReader {
  /** Columns of the scores that a dimension of the same name would hide. */
  private static final Set<String> TAKEN =
      Set.of(
          "total",
          "lead_id",
          "model",
          "score",
          "published_score",
          "is_mql",
          "level",
          "first_mql_at",
          "mql_at",
          "mql_count",
          "score_at_mql",
          "level_at_mql",
          "reasons_at_mql",
          "detected_at",
          "contributions",
          "adjustments",
          "reasons",
          "excluded_because",
          "rules_version");

  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "inactive",
              "write it in a rule: { name = silent, points = -10, inactive { after = 30d } }",
          "resets", "write resets outside of dimensions: resets = [ { status = recycled, … } ]",
          "suspend", "write it outside of dimensions: suspend { statuses = [ customer ] }",
          "minimum", "write it in mql: mql { minimum { engagement = 1 } }");

  private static final Map<String, String> GROUP_ELSEWHERE =
      Map.of(
          "rules", "write the rules in the dimension, each with group = …",
          "stop-above", "write it in the dimension");

  private final RuleReader rules;

  DimensionReader(RuleReader rules) {
    this.rules = rules;
  }

  List<Dimension> dimensions(Node node) {
    List<Dimension> dimensions = new ArrayList<>();
    for (String name : node.keys()) {
      checkName(node, name);
      node.child(name).ifPresent(child -> dimensions.add(dimension(name, child)));
    }
    node.end();
    return dimensions;
  }

  private static void checkName(Node node, String name) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      node.invalid(
          name,
          "a dimension is called `" + name + "`, but it becomes a column of the scores",
          "use lower-case letters, digits and _: "
              + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"));
    } else if (TAKEN.contains(name)) {
      node.invalid(name, "`" + name + "` is a column of every score already", "use another name");
    }
  }

  private Dimension dimension(String name, Node node) {
    @Nullable Decay decay = LimitReader.decay(node);
    Limits limits = LimitReader.limits(node);
    @Nullable Long stopAbove = node.parsed("stop-above", Values::points).orElse(null);
    List<Group> groups = node.child("groups").map(DimensionReader::groups).orElse(List.of());
    List<String> groupNames = groups.stream().map(Group::name).toList();
    List<Rule> read = new ArrayList<>();
    for (Node item : node.items("rules")) {
      rules.read(item, groupNames).ifPresent(read::add);
    }
    node.end(ELSEWHERE);
    return new Dimension(
        name, decay == null ? new Decay.None() : decay, limits, stopAbove, groups, read);
  }

  private static List<Group> groups(Node node) {
    List<Group> groups = new ArrayList<>();
    for (String name : node.keys()) {
      node.child(name)
          .ifPresent(
              child -> {
                groups.add(
                    new Group(name, LimitReader.decay(child), LimitReader.limitsOfPart(child)));
                child.end(GROUP_ELSEWHERE);
              });
    }
    node.end();
    return groups;
  }
}
