package dev.ripen.config;

import dev.ripen.config.Definition.Model;
import dev.ripen.problem.ErrorCode;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Rule;
import java.util.ArrayList;
import java.util.List;

/** Rules that look at events of which none has come for a while. */
final class HeardLint {
  private HeardLint() {}

  static List<Lint> look(Model model, Heard heard) {
    List<Lint> found = new ArrayList<>();
    for (Dimension dimension : model.scoring().dimensions()) {
      for (Rule rule : dimension.rules()) {
        if (rule.hasSignals() && !heard.rules().contains(rule.name())) {
          found.add(
              Lint.ofRule(
                  ErrorCode.LINT_RULE_WITHOUT_EVENT,
                  rule.name(),
                  "event",
                  "no event has matched the rule `"
                      + rule.name()
                      + "` in the "
                      + Words.days(heard.days())
                      + " before the last run",
                  "compare its predicate with the events that come, or remove the rule"));
        }
      }
    }
    return found;
  }
}
