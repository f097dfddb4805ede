package dev.ripen.config;

import dev.ripen.scoring.Rule.Conditions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What else must be true for a rule to award. */
final class ConditionReader {
  /** What a rule's condition may look back at: rules that something happens to. */
  private static final Set<TriggerKind> SIGNALS =
      EnumSet.of(TriggerKind.EVENT, TriggerKind.ACCOUNT_EVENT, TriggerKind.STATUS);

  private ConditionReader() {}

  /**
   * The conditions of a rule.
   *
   * @param dimensions their names
   * @param lead whether it has a predicate over the lead, in addition to its trigger
   */
  static Conditions conditions(
      Node node,
      TriggerKind kind,
      String name,
      boolean lead,
      RuleBook book,
      List<String> dimensions) {
    List<String> requires = book.names(node, "requires", name, SIGNALS);
    List<String> unless = book.names(node, "unless", name, SIGNALS);
    List<String> whileStatus = Names.atLeastOne(node, "while-status", "[ recycled ]");
    @Nullable Long within = kind == TriggerKind.ALL_OF ? null : TriggerReader.within(node);
    Map<String, Long> minimums =
        node.child("minimum")
            .map(child -> QualificationReader.minimums(child, dimensions))
            .orElse(Map.of());
    for (String key : List.of("requires", "unless", "while-status", "within", "minimum")) {
      refuseMisfit(node, key, kind);
    }
    refuseBoth(node, requires, unless);
    Conditions conditions =
        new Conditions(
            lead,
            Set.copyOf(requires),
            Set.copyOf(unless),
            within,
            Set.copyOf(whileStatus),
            minimums);
    return conditions.equals(Conditions.NONE) ? Conditions.NONE : conditions;
  }

  private static void refuseMisfit(Node node, String key, TriggerKind kind) {
    String path = "`" + node.pathOf(key) + "`";
    if (!node.has(key)) {
      return;
    }
    if (kind.isState()) {
      node.invalid(
          key,
          path + ": " + kind.words() + " has no conditions",
          kind == TriggerKind.LEAD ? "remove it, or add an event" : "remove it");
    } else if (kind == TriggerKind.ALL_OF && (key.equals("requires") || key.equals("unless"))) {
      node.invalid(
          key,
          path + ": an all-of rule names what it needs itself",
          key.equals("requires")
              ? "add the rules to all-of"
              : "write unless on one of the rules in all-of");
    } else if (key.equals("within")
        && kind != TriggerKind.ALL_OF
        && !node.has("requires")
        && !node.has("unless")) {
      node.invalid(
          key,
          path + " is there, but neither `requires` nor `unless`",
          kind == TriggerKind.COUNT
              ? "write it in count: count { …, within = 1d }"
              : "say within that time of what: requires = [ trial-started ]");
    }
  }

  private static void refuseBoth(Node node, List<String> requires, List<String> unless) {
    requires.stream()
        .filter(unless::contains)
        .forEach(
            name ->
                node.invalid(
                    "unless",
                    "`" + node.path() + "` both requires and excludes `" + name + "`",
                    "name it once"));
  }
}
