package dev.ripen.config;

import java.util.Collection;
import java.util.List;

/** What a rule looks at, as the keys of the configuration say it. */
enum TriggerKind {
  EVENT("event", "an event rule"),
  ACCOUNT_EVENT("account-event", "an account-event rule"),
  LEAD("lead", "a rule with `lead` alone"),
  STATUS("status", "a status rule"),
  COUNT("count", "a count rule"),
  ALL_OF("all-of", "an all-of rule"),
  INACTIVE("inactive", "an inactive rule");

  private final String key;
  private final String words;

  TriggerKind(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** Its key in a rule. */
  String key() {
    return key;
  }

  /** For example {@code an event rule}. */
  String words() {
    return words;
  }

  /** Whether events make it award. */
  boolean hasEvents() {
    return this == EVENT || this == ACCOUNT_EVENT;
  }

  /** Whether it counts while something holds, or at local midnights: nothing happens to people. */
  boolean isState() {
    return this == LEAD || this == INACTIVE;
  }

  /** For example {@code `event`, `account-event` or `status`}. */
  static String keys(Collection<TriggerKind> kinds) {
    List<String> keys = kinds.stream().sorted().map(kind -> "`" + kind.key + "`").toList();
    int last = keys.size() - 1;
    return last == 0
        ? keys.get(0)
        : String.join(", ", keys.subList(0, last)) + " or " + keys.get(last);
  }
}
