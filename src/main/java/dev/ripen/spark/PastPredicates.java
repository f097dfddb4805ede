package dev.ripen.spark;

import dev.ripen.config.Definition.Predicates;
import dev.ripen.config.Definition.Source;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.RulesInForce.ModelRules;
import dev.ripen.spark.RulesInForce.VersionRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/**
 * Whether the predicates of earlier definitions, which still judge the time before, fit the models
 * of today. Those of today's definition were checked with the project.
 */
final class PastPredicates {
  private final ModelAnalyzer analyzer;
  private final Set<Problem> problems = new LinkedHashSet<>();

  private PastPredicates(RunContext run) {
    analyzer = new ModelAnalyzer(run.spark(), run.models().parameters());
  }

  /**
   * Of rules that look at events.
   *
   * @throws ProblemException with all that do not fit
   */
  static void requireEvents(RunContext run) {
    if (!run.rules().hasPast()) {
      return;
    }
    PastPredicates check = new PastPredicates(run);
    check.each(
        run.rules(),
        (version, rule, asked) -> {
          if (asked.event().isPresent()) {
            boolean ofAccount = asked.source() == Source.ACCOUNT;
            StructType columns =
                run.spark()
                    .table(ofAccount ? EventModels.ACCOUNT_EVENTS : EventModels.EVENTS)
                    .schema();
            check.truth(version, rule, asked.event(), columns);
            check.number(version, rule, asked.points(), columns);
          }
        });
    check.end();
  }

  /**
   * Of those that look at leads.
   *
   * @throws ProblemException with all that do not fit
   */
  static void requireLeads(RunContext run) {
    if (!run.rules().hasPast()) {
      return;
    }
    StructType leads = run.spark().table(Pipeline.LEADS).schema();
    PastPredicates check = new PastPredicates(run);
    check.each(
        run.rules(),
        (version, rule, asked) -> {
          check.truth(version, rule, asked.lead(), leads);
          check.truth(version, rule, asked.autoQualify(), leads);
        });
    for (ModelRules model : run.rules().models()) {
      for (VersionRules version : past(model)) {
        check.truth(version, "exclude", version.model().exclusions().lead(), leads);
        check.truth(version, "population", version.model().population(), leads);
      }
    }
    check.end();
  }

  private interface Look {
    void at(VersionRules version, String rule, Predicates asked);
  }

  private void each(RulesInForce rules, Look look) {
    for (ModelRules model : rules.models()) {
      for (VersionRules version : past(model)) {
        version
            .model()
            .rules()
            .forEach((name, asked) -> look.at(version, PredicatePlaces.ofRule(name), asked));
      }
    }
  }

  private static List<VersionRules> past(ModelRules model) {
    return model.versions().subList(0, model.versions().size() - 1);
  }

  private void truth(
      VersionRules version, String subject, Optional<String> sql, StructType columns) {
    sql.flatMap(text -> analyzer.analyzePredicate(place(version, subject), text, columns))
        .ifPresent(this::add);
  }

  private void number(
      VersionRules version, String subject, Optional<String> sql, StructType columns) {
    sql.flatMap(text -> analyzer.analyzeNumber(place(version, subject), text, columns))
        .ifPresent(this::add);
  }

  private static String place(VersionRules version, String subject) {
    return "definition " + version.label() + ", " + subject;
  }

  private void add(Problem problem) {
    String fix =
        "the earlier definition still judges the time before its end: keep what it reads in the"
            + " models, or let today's judge everything: apply = retroactive";
    problems.add(
        problem
            .span()
            .map(span -> Problem.at(span, problem.code(), problem.what(), fix))
            .orElseGet(() -> Problem.of(problem.code(), problem.what(), fix)));
  }

  private void end() {
    if (!problems.isEmpty()) {
      throw new ProblemException(new ArrayList<>(problems));
    }
  }
}
