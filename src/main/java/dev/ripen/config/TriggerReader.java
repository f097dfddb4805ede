package dev.ripen.config;

import dev.ripen.config.Definition.Source;
import dev.ripen.problem.ErrorCode;
import dev.ripen.scoring.Trigger;
import dev.ripen.scoring.Trigger.Count;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What makes a rule award: exactly one of the trigger keys. */
final class TriggerReader {
  private static final List<String> KEYS =
      List.of("event", "account-event", "status", "statuses", "count", "all-of", "inactive");

  private static final Set<TriggerKind> EVENTS =
      EnumSet.of(TriggerKind.EVENT, TriggerKind.ACCOUNT_EVENT);

  private static final Set<TriggerKind> JOINABLE =
      EnumSet.of(
          TriggerKind.EVENT,
          TriggerKind.ACCOUNT_EVENT,
          TriggerKind.LEAD,
          TriggerKind.STATUS,
          TriggerKind.COUNT);

  private static final Set<TriggerKind> ACTIVITY =
      EnumSet.of(
          TriggerKind.EVENT,
          TriggerKind.ACCOUNT_EVENT,
          TriggerKind.STATUS,
          TriggerKind.COUNT,
          TriggerKind.ALL_OF);

  private static final Trigger NO_COUNT = new Count(Set.of(), 1, Count.Unit.SIGNALS, null);
  private static final Trigger NO_INACTIVITY = new Trigger.Inactivity(1, null, null, null);

  private TriggerReader() {}

  /** The kind of a rule, from its keys alone. Several triggers or none are reported. */
  static TriggerKind kind(Node node) {
    List<String> given = new ArrayList<>(KEYS.stream().filter(node::has).toList());
    for (String second : given.subList(Math.min(1, given.size()), given.size())) {
      node.invalid(
          second,
          "`" + node.path() + "` has both `" + given.get(0) + "` and `" + second + "`",
          given.get(0).equals("status")
              ? "write one of them: statuses = [ lost, churned ]"
              : "a rule has one trigger: make two rules of it, or name both in an all-of rule");
    }
    if (!given.isEmpty()) {
      return kind(given.get(0));
    }
    if (!node.has("lead") && KEYS.stream().noneMatch(node::hasSlipOf) && !node.hasSlipOf("lead")) {
      node.reading()
          .add(
              node.place(),
              ErrorCode.CONFIG_INVALID_VALUE,
              "`" + node.path() + "` has no trigger, such as `event` or `lead`",
              "say when it counts: event = \"event_type = 'page'\" or lead = \"is_senior_title\"");
    }
    return TriggerKind.LEAD;
  }

  private static TriggerKind kind(String key) {
    return key.equals("statuses")
        ? TriggerKind.STATUS
        : TriggerKind.valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * The trigger. What is wrong is reported, and then something that no rule would have stands for
   * it: the definition is not used.
   *
   * @param name of the rule
   * @param pointsAreSql whether each event has points of its own
   */
  static Trigger trigger(
      Node node, TriggerKind kind, String name, boolean pointsAreSql, RuleBook book) {
    return switch (kind) {
      case EVENT, ACCOUNT_EVENT -> new Trigger.Event(pointsAreSql);
      case LEAD -> new Trigger.Attribute();
      case STATUS -> new Trigger.Status(statuses(node));
      case COUNT -> node.child("count").map(child -> count(child, name, book)).orElse(NO_COUNT);
      case ALL_OF ->
          new Trigger.AllOf(Set.copyOf(book.names(node, "all-of", name, JOINABLE)), within(node));
      case INACTIVE ->
          node.child("inactive").map(child -> inactivity(child, name, book)).orElse(NO_INACTIVITY);
    };
  }

  /** The length of the window of a conjunction or a condition; null: ever. */
  static @Nullable Long within(Node node) {
    return node.parsed("within", Values::micros).orElse(null);
  }

  private static Set<String> statuses(Node node) {
    Set<String> statuses = new HashSet<>(Names.atLeastOne(node, "statuses", "[ lost, churned ]"));
    node.text("status").ifPresent(statuses::add);
    return statuses;
  }

  private static Trigger count(Node node, String name, RuleBook book) {
    node.require("rules", "say what is counted: count { rules = [ page-view ], … }");
    node.require("at-least", "say how many: at-least = 7");
    Trigger count =
        new Count(
            Set.copyOf(book.names(node, "rules", name, EVENTS)),
            node.integer("at-least", 1, 1),
            node.parsed("of", TriggerReader::unit).orElse(Count.Unit.SIGNALS),
            node.parsed("within", Values::micros).orElse(null));
    node.end();
    return count;
  }

  private static Count.Unit unit(String text) throws InvalidValue {
    return switch (Values.choice(text, Counted.class)) {
      case SIGNALS -> Count.Unit.SIGNALS;
      case DAYS -> Count.Unit.LOCAL_DAYS;
      case PEOPLE -> Count.Unit.PEOPLE;
    };
  }

  /** As the configuration says it. */
  private enum Counted {
    SIGNALS,
    DAYS,
    PEOPLE
  }

  private static Trigger inactivity(Node node, String name, RuleBook book) {
    node.require("after", "say after how many days of silence: after = 30d");
    Trigger inactivity =
        new Trigger.Inactivity(
            Set.copyOf(book.names(node, "rules", name, ACTIVITY)),
            node.parsed("after", Values::days).orElse(1),
            node.parsed("every", Values::days).orElse(null),
            node.parsed("above", Values::points).orElse(null),
            node.parsed("up-to", Values::points).orElse(null));
    node.end();
    return inactivity;
  }

  /** Whose events an event rule looks at. */
  static Source source(Node node, TriggerKind kind) {
    boolean account = node.parsed("of", TriggerReader::ofAccount).orElse(false);
    if (kind == TriggerKind.ACCOUNT_EVENT) {
      return Source.ACCOUNT;
    }
    return account ? Source.PEOPLE_OF_ACCOUNT : Source.PERSON;
  }

  private static boolean ofAccount(String text) throws InvalidValue {
    if (text.equals("account")) {
      return true;
    }
    throw InvalidValue.of(
        "not `account`", "write of = account for everybody's events in the account, or remove it");
  }
}
