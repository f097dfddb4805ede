package dev.ripen.spark;

import dev.ripen.config.Definition;
import dev.ripen.config.Definition.Predicates;
import dev.ripen.config.Definition.Source;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Checks the SQL in a definition against the columns of the models that it looks at. Says nothing
 * where such a model has a problem of its own.
 */
final class PredicateCheck {
  private final ModelAnalyzer analyzer;
  private final Map<String, StructType> schemas;
  private final boolean accountEvents;
  private final PredicatePlaces places;
  private final List<Problem> problems = new ArrayList<>();

  private PredicateCheck(
      ModelAnalyzer analyzer,
      Definition definition,
      Map<String, StructType> schemas,
      boolean accountEvents) {
    this.analyzer = analyzer;
    this.schemas = schemas;
    this.accountEvents = accountEvents;
    this.places = new PredicatePlaces(definition.text());
  }

  /**
   * All problems, each once.
   *
   * @param schemas columns by model; those with problems are not in it
   * @param accountEvents whether the project has that model
   */
  static List<Problem> problems(
      ModelAnalyzer analyzer,
      Definition definition,
      Map<String, StructType> schemas,
      boolean accountEvents) {
    PredicateCheck check = new PredicateCheck(analyzer, definition, schemas, accountEvents);
    for (Definition.Model model : definition.models()) {
      model.rules().forEach(check::rule);
      check.truth(PredicatePlaces.ofExclusion(), model.exclusions().lead(), "leads");
      check.truth("population", model.population(), "leads");
      check.value("segment", model.segment());
    }
    return check.problems.stream().distinct().toList();
  }

  private void rule(String name, Predicates asked) {
    String subject = PredicatePlaces.ofRule(name);
    boolean ofAccount = asked.source() == Source.ACCOUNT;
    String events = ofAccount ? EventModels.ACCOUNT_EVENTS : EventModels.EVENTS;
    truth(subject, asked.event(), events);
    @Nullable StructType columns = schemas.get(asked.event().isPresent() ? events : "leads");
    if (columns != null) {
      asked
          .points()
          .flatMap(
              sql ->
                  analyzer
                      .analyzeNumber(subject, sql, columns)
                      .map(problem -> places.placed(problem, subject, sql)))
          .ifPresent(problems::add);
    }
    truth(subject, asked.lead(), "leads");
    truth(subject, asked.autoQualify(), "leads");
    if (ofAccount && !accountEvents) {
      problems.add(
          places.ofSubject(
              subject,
              ErrorCode.SQL_TABLE_NOT_FOUND,
              "rule " + name + " looks at account_events, and there is no such model",
              "write sql/account_events.sql with event_id, account_id, occurred_at, event_type"));
    }
    StructType leads = schemas.get("leads");
    if (asked.source() != Source.PERSON && leads != null && !has(leads, "account_id")) {
      problems.add(
          places.ofSubject(
              subject,
              ErrorCode.SQL_MISSING_COLUMN,
              "rule " + name + " looks at a person's account, and leads has no account_id",
              "add account_id, a STRING, to sql/leads.sql"));
    }
  }

  private static boolean has(StructType columns, String name) {
    return Arrays.stream(columns.fieldNames()).anyMatch(name::equalsIgnoreCase);
  }

  private void truth(String subject, Optional<String> sql, String table) {
    @Nullable StructType columns = schemas.get(table);
    if (columns != null) {
      sql.flatMap(
              text ->
                  analyzer
                      .analyzePredicate(subject, text, columns)
                      .map(problem -> places.placed(problem, subject, text)))
          .ifPresent(problems::add);
    }
  }

  private void value(String subject, Optional<String> sql) {
    @Nullable StructType columns = schemas.get("leads");
    if (columns != null) {
      sql.flatMap(
              text ->
                  analyzer
                      .analyzeText(subject, text, columns)
                      .map(problem -> places.placed(problem, subject, text)))
          .ifPresent(problems::add);
    }
  }
}
