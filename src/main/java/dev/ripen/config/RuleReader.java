package dev.ripen.config;

import dev.ripen.config.Definition.Predicates;
import dev.ripen.config.Definition.Source;
import dev.ripen.problem.NearestName;
import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Frequency;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.Rule.Conditions;
import dev.ripen.scoring.Rule.Effects;
import dev.ripen.scoring.Trigger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rule: what it looks at, what it is worth, how often, under which conditions. */
final class RuleReader {
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("at-least", "write it in count: count { rules = [ … ], at-least = 7, … }"),
          Map.entry("rules", "write it in count: count { rules = [ … ], at-least = 7, … }"),
          Map.entry("distinct-days", "write count { …, of = days }"),
          Map.entry("after", "write it in inactive: inactive { after = 30d }"),
          Map.entry("every", "write it in inactive: inactive { after = 30d, every = 30d }"),
          Map.entry("above", "write it in inactive: inactive { after = 30d, above = 30 }"),
          Map.entry("up-to", "write it in inactive: inactive { after = 30d, up-to = 100 }"),
          Map.entry("inactivity", "write inactive { after = 30d }"),
          Map.entry("stop-above", "write it in the dimension, outside of rules"),
          Map.entry("segment", "write it in mql, outside of dimensions"),
          Map.entry("window", "write it outside of dimensions, for the whole model"),
          Map.entry(
              "effective-from", "change the rule and the version; see apply for older events"));

  private final RuleBook book;
  private final List<String> dimensions;

  RuleReader(RuleBook book, List<String> dimensions) {
    this.book = book;
    this.dimensions = dimensions;
  }

  /** The rule, if it has at least a name and points. */
  Optional<Rule> read(Node node, List<String> groups) {
    Optional<String> name =
        node.requiredText("name", "give the rule a short name: name = pricing-page");
    name.ifPresent(given -> checkName(node, given));
    TriggerKind kind = TriggerReader.kind(node);
    name.ifPresent(given -> book.add(node, given, kind));
    String known = name.orElse("");
    Worth worth = worth(node, kind);
    Optional<String> lead = node.text("lead");
    Trigger trigger = TriggerReader.trigger(node, kind, known, worth.sql().isPresent(), book);
    boolean leadIsCondition = lead.isPresent() && kind != TriggerKind.LEAD;
    Conditions conditions =
        ConditionReader.conditions(node, kind, known, leadIsCondition, book, dimensions);
    Optional<String> autoQualify = EffectReader.autoQualify(node);
    Effects effects = EffectReader.effects(node, kind, autoQualify, dimensions);
    Frequency frequency =
        node.parsed("frequency", Values::frequency).orElse(new Frequency.Always());
    @Nullable Decay decay = LimitReader.decay(node);
    Limits limits = LimitReader.limitsOfPart(node);
    Optional<String> group = node.text("group").filter(given -> isGroup(node, given, groups));
    String label = node.text("label").orElseGet(() -> labelOf(known));
    Predicates asked = predicates(node, kind, lead, worth, autoQualify);
    refuseMisfits(node, kind, worth);
    node.end(ELSEWHERE);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    book.ask(known, asked);
    return Optional.of(
        new Rule(
            known,
            label,
            trigger,
            conditions,
            worth.microPoints(),
            group.orElse(null),
            frequency,
            decay,
            limits,
            effects));
  }

  private static Predicates predicates(
      Node node,
      TriggerKind kind,
      Optional<String> lead,
      Worth worth,
      Optional<String> autoQualify) {
    Source source = TriggerReader.source(node, kind);
    // Of two triggers the second is reported, and then of no interest.
    Optional<String> event = kind.hasEvents() ? node.text(kind.key()) : Optional.empty();
    return new Predicates(
        event, source, lead, worth.sql(), autoQualify.filter(text -> !EffectReader.isFlag(text)));
  }

  private static void checkName(Node node, String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
      node.invalid(
          "name",
          "a rule is called `" + name + "`",
          "use letters, digits, - and _ in the name; the label may be any text");
    }
  }

  /**
   * What a rule is worth.
   *
   * @param microPoints 0 with an expression
   * @param sql over the event, of a rule with `lead` alone over the lead
   */
  private record Worth(long microPoints, Optional<String> sql) {}

  private static Worth worth(Node node, TriggerKind kind) {
    node.require("points", "write what the rule is worth: points = 15");
    Optional<String> text = node.text("points");
    Optional<String> sql = text.filter(RuleReader::isExpression);
    if (sql.isPresent() && !kind.hasEvents() && kind != TriggerKind.LEAD) {
      node.invalid(
          "points",
          "`"
              + node.pathOf("points")
              + "`: points as SQL are over an event or the lead, and this is "
              + kind.words(),
          "write a number, and one rule per number of points");
    }
    Optional<Long> micro =
        text.filter(given -> !isExpression(given))
            .flatMap(given -> node.parsed("points", given, Values::points));
    return new Worth(micro.orElse(0L), sql);
  }

  /**
   * A word is a Spark SQL expression over the event, or over the lead; a slip in a number is not.
   */
  private static boolean isExpression(String text) {
    return text.matches("(?is).*[a-z_(*].*")
        && !text.matches("(?i)[+-]?[\\d.,]+\\s*(p|pts|points?)");
  }

  private static void refuseMisfits(Node node, TriggerKind kind, Worth worth) {
    if (kind == TriggerKind.LEAD) {
      refuse(
          node,
          "frequency",
          "a rule with `lead` alone counts while it holds, without frequency",
          "remove frequency, or add an event");
      refuse(
          node,
          "decay",
          "a rule with `lead` alone counts while it holds, without decay",
          "remove decay, or add an event");
    }
    if (kind == TriggerKind.INACTIVE) {
      refuse(
          node,
          "frequency",
          "an inactive rule says how often with `every`",
          "write inactive { …, every = 30d }");
      refuse(node, "decay", "what silence costs never decays", "remove decay");
      refuse(node, "lead", "an inactive rule has no conditions", "remove lead");
      if (worth.microPoints() > 0) {
        refuse(node, "points", "silence earns no points", "write points = -10, or 0");
      }
    }
    if (kind != TriggerKind.EVENT) {
      refuse(
          node,
          "of",
          kind == TriggerKind.ACCOUNT_EVENT
              ? "an account-event is the account's already"
              : "`of` is for rules with `event`",
          kind == TriggerKind.COUNT ? "write it in count: count { …, of = days }" : "remove of");
    }
  }

  private static void refuse(Node node, String key, String why, String fix) {
    if (node.has(key)) {
      node.invalid(key, "`" + node.pathOf(key) + "`: " + why, fix);
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
