package dev.ripen.sync;

import dev.ripen.config.FieldPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in words why a row is written. */
final class Reasons {
  /** Said first of a record that was never written before. */
  static final String FIRST_SYNC = "first sync";

  private Reasons() {}

  static List<String> of(
      WantedRow wanted,
      @Nullable LedgerRow ledger,
      Map<String, FieldRule> rules,
      Map<String, FieldChange> changes) {
    List<String> reasons = new ArrayList<>();
    if (ledger == null) {
      reasons.add(FIRST_SYNC);
      return reasons;
    }
    addStatus(wanted, ledger, reasons);
    if (!Objects.equals(ledger.level(), wanted.level())) {
      reasons.add("level " + orNone(ledger.level()) + " → " + orNone(wanted.level()));
    }
    List<String> others = new ArrayList<>();
    changes.forEach(
        (name, change) -> {
          if (isNumberMove(rules.get(name), change)) {
            reasons.add(name + " moved " + change.before() + " → " + change.after());
          } else {
            others.add(name);
          }
        });
    if (reasons.isEmpty() && !others.isEmpty()) {
      reasons.add("changed: " + String.join(", ", others));
    }
    return reasons;
  }

  private static void addStatus(WantedRow wanted, LedgerRow ledger, List<String> reasons) {
    if (!wanted.isMql()) {
      if (ledger.isMql()) {
        reasons.add("no longer an MQL");
      }
      return;
    }
    String why = wanted.reasons().isEmpty() ? "" : ": " + wanted.reasons();
    if (!ledger.isMql()) {
      reasons.add("became an MQL" + why);
    } else if (ledger.episodeMqlAt() != null && !ledger.episodeMqlAt().equals(wanted.mqlAt())) {
      reasons.add("became an MQL again" + why);
    }
  }

  private static boolean isNumberMove(@Nullable FieldRule rule, FieldChange change) {
    return rule != null
        && rule.kind() == FieldPolicy.Kind.OVERWRITE
        && FieldValues.number(change.before()).isPresent()
        && FieldValues.number(change.after()).isPresent();
  }

  private static String orNone(@Nullable String level) {
    return level == null ? "none" : level;
  }
}
