package dev.ripen.sync;

import dev.ripen.config.FieldPolicy;
import dev.ripen.sync.FieldRule.Current;
import dev.ripen.sync.FieldRule.Decision;
import dev.ripen.sync.FieldRule.Deed;
import dev.ripen.sync.FieldRule.Moment;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All fields' rules of a destination, in the order of the configuration; decides per row which of
 * them are written. Pure; serializable, because the first pass runs in Spark tasks.
 */
final class FieldRules implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, FieldRule> rules;

  FieldRules(Map<String, FieldRule> rules) {
    // A Map need not be Serializable, a LinkedHashMap is.
    this.rules = new LinkedHashMap<>(rules);
  }

  Set<String> names() {
    return rules.keySet();
  }

  Map<String, FieldRule> byName() {
    return rules;
  }

  /**
   * What the ledger alone says of a row.
   *
   * @param write whether there is something worth a write
   * @param look whether the CRM's values must be known for it
   */
  record Need(boolean write, boolean look) {}

  Need need(WantedRow wanted, LedgerRow ledger, Moment moment) {
    boolean write = false;
    boolean look = false;
    for (FieldRule rule : rules.values()) {
      // A column that the model does not have says nothing, least of all "clear".
      Decision decision =
          wanted.fields().containsKey(rule.name())
              ? rule.beforeLookup(
                  value(wanted, rule.name()), acknowledged(ledger, rule.name()), moment)
              : Decision.LEAVE;
      write |= decision.triggers();
      look |= decision.deed() == Deed.LOOK_UP;
    }
    return new Need(write, look);
  }

  /**
   * Which fields are written.
   *
   * @param changes by field
   * @param triggers whether they are worth a write
   * @param notes for people: what was left alone
   * @param theirs fields that stay as somebody edited them
   */
  record Choice(
      Map<String, FieldChange> changes, boolean triggers, List<String> notes, Set<String> theirs) {}

  /**
   * Chooses the fields to write.
   *
   * @param drift fields that somebody edited in the CRM, see {@link #drift}
   */
  Choice choose(
      WantedRow wanted,
      @Nullable LedgerRow ledger,
      Moment moment,
      Map<String, Current> currents,
      Set<String> drift) {
    Map<String, FieldChange> changes = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    Set<String> theirs = new HashSet<>();
    boolean triggers = false;
    for (FieldRule rule : rules.values()) {
      String name = rule.name();
      if (!wanted.fields().containsKey(name)) {
        continue;
      }
      Current current = Objects.requireNonNull(currents.get(name));
      Decision decision =
          drift.contains(name)
              ? rule.decideEdited(value(wanted, name), acknowledged(ledger, name), current, moment)
              : rule.decide(value(wanted, name), current, moment);
      if (decision.deed() == Deed.WRITE) {
        changes.put(name, new FieldChange(current.value(), value(wanted, name)));
        triggers |= decision.triggers();
      }
      if (drift.contains(name)
          && decision.deed() == Deed.LEAVE
          && !rule.isSame(value(wanted, name), current)) {
        theirs.add(name);
      }
      if (!decision.note().isEmpty()) {
        notes.add(decision.note());
      }
    }
    return new Choice(changes, triggers, notes, theirs);
  }

  /** The CRM's values of the fields that are ours and not what the CRM once acknowledged. */
  Map<String, @Nullable String> drift(LedgerRow ledger, Map<String, Current> currents) {
    Map<String, @Nullable String> drift = new LinkedHashMap<>();
    for (FieldRule rule : rules.values()) {
      Current acknowledged = acknowledged(ledger, rule.name());
      Current current = currents.getOrDefault(rule.name(), Current.UNKNOWN);
      // The other policies give way to what somebody writes there; for them it is no surprise.
      if (rule.kind() == FieldPolicy.Kind.OVERWRITE
          && acknowledged.known()
          && current.known()
          && !FieldValues.same(rule.type(), acknowledged.value(), current.value())) {
        drift.put(rule.name(), current.value());
      }
    }
    return drift;
  }

  /** Whether a field that ripen would overwrite, or write once, holds something already. */
  boolean isFilled(Map<String, Current> currents) {
    return rules.values().stream()
        .filter(
            rule ->
                rule.kind() == FieldPolicy.Kind.OVERWRITE
                    || rule.kind() == FieldPolicy.Kind.ON_QUALIFICATION)
        .map(rule -> currents.getOrDefault(rule.name(), Current.UNKNOWN).value())
        // What a field is when nobody has ever set it.
        .anyMatch(value -> value != null && !value.equals("false") && !value.equals("0"));
  }

  /**
   * The flags that are set, as they are to be when their person has left; whatever type the CRM
   * gave the field, since somebody may have made a text of it.
   */
  Map<String, @Nullable String> clearedFlags(LedgerRow ledger) {
    Map<String, @Nullable String> cleared = new LinkedHashMap<>();
    for (FieldRule rule : rules.values()) {
      if (rule.kind() == FieldPolicy.Kind.OVERWRITE
          && "true".equals(ledger.fields().get(rule.name()))) {
        cleared.put(rule.name(), "false");
      }
    }
    return cleared;
  }

  static Current acknowledged(@Nullable LedgerRow ledger, String name) {
    return ledger != null && ledger.fields().containsKey(name)
        ? Current.of(ledger.fields().get(name))
        : Current.UNKNOWN;
  }

  private static @Nullable String value(WantedRow wanted, String name) {
    return FieldValues.orNull(wanted.fields().get(name));
  }
}
