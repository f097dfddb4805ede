package dev.ripen.config;

import dev.ripen.config.Definition.Predicates;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Frequency;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Dimensions, their groups and rules. Rule names are unique in the whole definition. */
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

  private static final Map<String, String> DIMENSION_LATER =
      Map.of(
          "inactivity", "use a decay: decay { half-life = 14d }",
          "reset", "remove it; recycling does not change points in this version",
          "resets", "remove it; recycling does not change points in this version",
          "stop-above", "use a cap: cap = 300",
          "suspend", "remove it, or exclude by status: exclude { statuses = [ … ] }");

  private static final Map<String, String> RULE_LATER =
      Map.ofEntries(
          Map.entry("within", "use a rule with event and lead"),
          Map.entry("requires", "use a rule with event and lead"),
          Map.entry("count", "count in sql/events.sql or in a column of sql/leads.sql"),
          Map.entry("at-least", "count in sql/events.sql or in a column of sql/leads.sql"),
          Map.entry("distinct-days", "count in sql/events.sql or in a column of sql/leads.sql"),
          Map.entry("rules", "count in sql/events.sql or in a column of sql/leads.sql"),
          Map.entry("auto-qualify", "give the rule as many points as the threshold"),
          Map.entry("inactivity", "use a decay: decay { half-life = 14d }"),
          Map.entry("after", "use a decay: decay { half-life = 14d }"),
          Map.entry("every", "use a decay: decay { half-life = 14d }"),
          Map.entry("reset", "remove it; no event resets points in this version"),
          Map.entry("stop-above", "use a cap: cap = 40"),
          Map.entry("effective-from", "change the rule on the day; rules count for all events"));

  private final Map<String, Predicates> predicates = new LinkedHashMap<>();

  Map<String, Predicates> predicates() {
    return predicates;
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
    node.refuse(DIMENSION_LATER);
    Decay decay = LimitReader.decay(node);
    Limits limits = LimitReader.limits(node);
    List<Group> groups = node.child("groups").map(DimensionReader::groups).orElse(List.of());
    List<String> groupNames = groups.stream().map(Group::name).toList();
    List<Rule> rules = new ArrayList<>();
    for (Node item : node.items("rules")) {
      rule(item, groupNames).ifPresent(rules::add);
    }
    node.end();
    return new Dimension(name, decay == null ? new Decay.None() : decay, limits, groups, rules);
  }

  private static List<Group> groups(Node node) {
    List<Group> groups = new ArrayList<>();
    for (String name : node.keys()) {
      node.child(name)
          .ifPresent(
              child -> {
                groups.add(new Group(name, LimitReader.decay(child), LimitReader.limits(child)));
                child.end();
              });
    }
    node.end();
    return groups;
  }

  private Optional<Rule> rule(Node node, List<String> groups) {
    boolean refused = node.refuse(RULE_LATER);
    Optional<String> name =
        node.requiredText("name", "give the rule a short name: name = pricing-page");
    name.ifPresent(given -> checkRuleName(node, given));
    Optional<Long> points = points(node);
    Predicates asked = new Predicates(node.text("event"), node.text("lead"));
    Trigger trigger = trigger(node, asked, refused);
    Frequency frequency =
        node.parsed("frequency", Values::frequency).orElse(new Frequency.Always());
    Decay decay = LimitReader.decay(node);
    Limits limits = LimitReader.limits(node);
    Optional<String> group = node.text("group").filter(given -> isGroup(node, given, groups));
    String label = node.text("label").orElseGet(() -> labelOf(name.orElse("")));
    node.end();
    if (name.isEmpty() || points.isEmpty()) {
      return Optional.empty();
    }
    if (predicates.putIfAbsent(name.get(), asked) != null) {
      node.invalid(
          "name", "two rules are called `" + name.get() + "`", "give one of them another name");
    }
    return Optional.of(
        new Rule(
            name.get(),
            label,
            trigger,
            asked.event().isPresent() && asked.lead().isPresent()
                ? Rule.Conditions.LEAD
                : Rule.Conditions.NONE,
            points.get(),
            group.orElse(null),
            frequency,
            decay,
            limits,
            Rule.Effects.NONE));
  }

  private static void checkRuleName(Node node, String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
      node.invalid(
          "name",
          "a rule is called `" + name + "`",
          "use letters, digits, - and _ in the name; the label may be any text");
    }
  }

  private static Optional<Long> points(Node node) {
    node.require("points", "write what the rule is worth: points = 15");
    return node.parsed(
        "points",
        text -> {
          // A word is a Spark SQL expression over the event; a slip in a number is not.
          if (text.matches("(?i).*[a-z_(*].*")
              && !text.matches("(?i)[+-]?[\\d.,]+\\s*(p|pts|points?)")) {
            throw InvalidValue.notSupportedYet(
                "points as a SQL expression are not supported yet",
                "write a number, and one rule per number of points");
          }
          return Values.points(text);
        });
  }

  private static Trigger trigger(Node node, Predicates asked, boolean refused) {
    if (asked.event().isPresent()) {
      return new Trigger.Event();
    }
    if (!refused && !node.has("event") && !node.has("lead") && !hasSlip(node)) {
      node.reading()
          .add(
              node.place(),
              ErrorCode.CONFIG_INVALID_VALUE,
              "`" + node.path() + "` has neither `event` nor `lead`",
              "say when it counts: event = \"event_type = 'page'\" or lead = \"is_senior_title\"");
    }
    if (asked.lead().isPresent()) {
      refuseOnAttribute(node, "frequency");
      refuseOnAttribute(node, "decay");
    }
    return new Trigger.Attribute();
  }

  private static boolean hasSlip(Node node) {
    return node.hasSlipOf("event") || node.hasSlipOf("lead");
  }

  private static void refuseOnAttribute(Node node, String key) {
    if (node.has(key)) {
      node.invalid(
          key,
          "`"
              + node.pathOf(key)
              + "`: a rule with `lead` alone counts while it holds, without "
              + key,
          "remove " + key + ", or add an event");
    }
  }

  private static boolean isGroup(Node node, String group, List<String> groups) {
    if (groups.contains(group)) {
      return true;
    }
    node.invalid(
        "group",
        "`" + node.pathOf("group") + "` is `" + group + "`, which the dimension does not have",
        NearestName.of(group, groups)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("add it to the dimension: groups { " + group + " { cap = 40 } }"));
    return false;
  }

  private static String labelOf(String name) {
    String words = name.replace('-', ' ').replace('_', ' ').strip();
    return words.isEmpty()
        ? name
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
