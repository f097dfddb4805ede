package dev.ripen.config;

import dev.ripen.config.Definition.Model;
import dev.ripen.config.Definition.Predicates;
import dev.ripen.problem.ErrorCode;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules that can never award, that change nothing, or that count what another rule counts. */
final class RuleLint {
  private final Model model;
  private final List<Lint> found = new ArrayList<>();
  private final Set<String> used;

  private RuleLint(Model model) {
    this.model = model;
    used = used(model);
  }

  static List<Lint> look(Model model) {
    RuleLint lint = new RuleLint(model);
    for (Dimension dimension : model.scoring().dimensions()) {
      dimension.rules().forEach(rule -> lint.look(rule, dimension));
    }
    lint.lookForTwins();
    return lint.found;
  }

  /** Rules that others look at. */
  private static Set<String> used(Model model) {
    Set<String> used = new HashSet<>(model.scoring().window().openingRules());
    for (Dimension dimension : model.scoring().dimensions()) {
      for (Rule rule : dimension.rules()) {
        used.addAll(rule.conditions().requires());
        used.addAll(rule.conditions().unless());
        if (rule.trigger() instanceof Trigger.Count count) {
          used.addAll(count.rules());
        } else if (rule.trigger() instanceof Trigger.AllOf all) {
          used.addAll(all.rules());
        } else if (rule.trigger() instanceof Trigger.Inactivity silence) {
          used.addAll(silence.rules());
        }
      }
    }
    if (model.scoring().levels() instanceof Levels.Grades grades) {
      grades.levels().stream().map(Level::allOf).forEach(used::addAll);
    }
    return used;
  }

  private void look(Rule rule, Dimension dimension) {
    boolean worthless = rule.microPoints() == 0 && !hasExpression(rule);
    if (worthless && rule.effects().equals(Rule.Effects.NONE) && !used.contains(rule.name())) {
      add(
          ErrorCode.LINT_RULE_WITHOUT_EFFECT,
          rule,
          "points",
          "the rule `" + rule.name() + "` changes nothing: it has 0 points and nobody names it",
          "give it points or an effect, name it in another rule, or remove it");
    }
    if (rule.microPoints() > 0) {
      lookAtCaps(rule, dimension);
    }
    if (rule.trigger() instanceof Trigger.Inactivity silence) {
      lookAtBand(rule, silence);
    }
    lookAtStatuses(rule);
  }

  private boolean hasExpression(Rule rule) {
    Predicates asked = model.rules().get(rule.name());
    return asked != null && asked.points().isPresent();
  }

  private void lookAtCaps(Rule rule, Dimension dimension) {
    Map<String, Limits> around = new HashMap<>();
    around.put("its own cap", rule.limits());
    for (Group group : dimension.groups()) {
      if (group.name().equals(rule.group())) {
        around.put("the cap of the group " + group.name(), group.limits());
      }
    }
    around.put("the cap of " + dimension.name(), dimension.limits());
    around.put("the cap of the total", model.scoring().total());
    around.entrySet().stream()
        .filter(limits -> isNothing(limits.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .ifPresent(
            cap ->
                add(
                    ErrorCode.LINT_RULE_NEVER_AWARDS,
                    rule,
                    cap.startsWith("its own") ? "cap" : "name",
                    "the rule `"
                        + rule.name()
                        + "` can never add a point: "
                        + cap
                        + " leaves no room",
                    "raise the cap, or remove it"));
  }

  private static boolean isNothing(Limits limits) {
    @Nullable Long cap = limits.cap();
    return cap != null && cap <= 0;
  }

  private void lookAtBand(Rule rule, Trigger.Inactivity silence) {
    Long above = silence.above();
    Long upTo = silence.upTo();
    Long cap = model.scoring().total().cap();
    if (above != null && upTo != null && above >= upTo) {
      never(
          rule,
          "no score is above " + text(above) + " and at most " + text(upTo),
          "write above smaller than up-to");
    } else if (above != null && cap != null && above >= cap) {
      never(rule, "the total is never above its cap of " + text(cap), "write a smaller above");
    }
  }

  private static String text(long microPoints) {
    return Points.text(microPoints);
  }

  private void never(Rule rule, String because, String fix) {
    add(
        ErrorCode.LINT_RULE_NEVER_AWARDS,
        rule,
        rule.trigger().word().equals("inactivity") ? "inactive" : "name",
        "the rule `" + rule.name() + "` can never award: " + because,
        fix);
  }

  /** A rule that asks for a status in which nothing is awarded. */
  private void lookAtStatuses(Rule rule) {
    Set<String> asked = new HashSet<>(rule.conditions().whileStatus());
    boolean resets = !rule.effects().resets().isEmpty();
    if (rule.trigger() instanceof Trigger.Status status && asked.isEmpty()) {
      asked.addAll(status.statuses());
    }
    if (asked.isEmpty() || resets || used.contains(rule.name())) {
      return;
    }
    Set<String> shut = new HashSet<>(model.scoring().window().exitStatuses());
    shut.removeAll(model.scoring().window().openingStatuses());
    Set<String> dead = new HashSet<>(shut);
    dead.addAll(model.exclusions().statuses());
    if (rule.microPoints() > 0 || hasExpression(rule)) {
      dead.addAll(model.scoring().statusEffects().suspending());
    }
    if (dead.containsAll(asked)) {
      String words = Words.or(RuleWords.sorted(asked));
      add(
          ErrorCode.LINT_RULE_NEVER_AWARDS,
          rule,
          rule.conditions().whileStatus().isEmpty() ? "name" : "while-status",
          "the rule `"
              + rule.name()
              + "` can never award: nothing is earned in the status "
              + words,
          "take " + words + " out of exclude, exit or suspend, or remove the rule");
    }
  }

  private void lookForTwins() {
    Map<List<Object>, String> seen = new HashMap<>();
    for (Dimension dimension : model.scoring().dimensions()) {
      for (Rule rule : dimension.rules()) {
        Predicates asked = model.rules().get(rule.name());
        boolean judged = asked != null && (rule.hasSignals() || rule.isAttribute());
        boolean worthless = rule.microPoints() == 0 && !hasExpression(rule);
        if (judged && !worthless) {
          String twin = seen.putIfAbsent(lookedAt(rule, asked), rule.name());
          if (twin != null) {
            twins(rule, twin);
          }
        }
      }
    }
  }

  private static List<Object> lookedAt(Rule rule, Predicates asked) {
    return List.of(
        rule.trigger(),
        asked.source(),
        SqlTexts.normalized(asked.event().orElse("")),
        SqlTexts.normalized(asked.lead().orElse("")),
        rule.conditions());
  }

  private void twins(Rule rule, String twin) {
    boolean event = rule.hasSignals();
    add(
        ErrorCode.LINT_SAME_EVENT,
        rule,
        event ? "event" : "lead",
        "the rules `"
            + twin
            + "` and `"
            + rule.name()
            + "` count the same "
            + (event ? "events" : "people"),
        "remove one of them, or tell them apart");
  }

  private void add(ErrorCode code, Rule rule, String key, String what, String fix) {
    found.add(Lint.ofRule(code, rule.name(), key, what, fix));
  }
}
