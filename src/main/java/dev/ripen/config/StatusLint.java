package dev.ripen.config;

import dev.ripen.config.Definition.Model;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.Trigger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Statuses that look like a slip in one of those that open and close episodes. */
final class StatusLint {
  private static final Set<String> KNOWN =
      Set.of("accepted", "recycled", "disqualified", "opportunity", "customer");

  private final List<Lint> found = new ArrayList<>();

  private StatusLint() {}

  static List<Lint> look(Model model) {
    StatusLint lint = new StatusLint();
    lint.ofModel("exclude.statuses", model.exclusions().statuses());
    lint.ofModel("window.statuses", model.scoring().window().openingStatuses());
    lint.ofModel("exit.statuses", model.scoring().window().exitStatuses());
    lint.ofModel("suspend.statuses", model.scoring().statusEffects().suspending());
    lint.ofModel("resets", model.scoring().statusEffects().resets().keySet());
    for (Dimension dimension : model.scoring().dimensions()) {
      dimension.rules().forEach(lint::ofRule);
    }
    return lint.found;
  }

  private void ofModel(String key, Collection<String> statuses) {
    for (String status : RuleWords.sorted(statuses)) {
      near(status)
          .forEach(
              known ->
                  found.add(
                      Lint.ofModel(
                          ErrorCode.LINT_STATUS_UNKNOWN, key, what(status, known), fix(known))));
    }
  }

  private void ofRule(Rule rule) {
    if (rule.trigger() instanceof Trigger.Status trigger) {
      ofRule(rule, "name", trigger.statuses());
    }
    ofRule(rule, "while-status", rule.conditions().whileStatus());
  }

  private void ofRule(Rule rule, String key, Collection<String> statuses) {
    for (String status : RuleWords.sorted(statuses)) {
      near(status)
          .forEach(
              known ->
                  found.add(
                      Lint.ofRule(
                          ErrorCode.LINT_STATUS_UNKNOWN,
                          rule.name(),
                          key,
                          what(status, known),
                          fix(known))));
    }
  }

  private static List<String> near(String status) {
    return KNOWN.contains(status) ? List.of() : NearestName.of(status, KNOWN).stream().toList();
  }

  private static String what(String status, String known) {
    return "`" + status + "` is no status that opens or closes an MQL; `" + known + "` is";
  }

  private static String fix(String known) {
    return "did you mean `" + known + "`? Else leave it: sql/statuses.sql may have it";
  }
}
