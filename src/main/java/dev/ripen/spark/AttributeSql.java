package dev.ripen.spark;

import static java.util.stream.Collectors.joining;

import dev.ripen.config.Definition;
import dev.ripen.config.Definition.Exclusions;
import dev.ripen.scoring.Rule;
import dev.ripen.spark.RulesInForce.ModelRules;
import dev.ripen.spark.RulesInForce.VersionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the SQL that judges one row of {@code leads} by a model's predicates. Pure text. The row
 * also has {@code ripen_latest_status}.
 */
final class AttributeSql {
  private static final String NO_TEXTS = "CAST(array() AS ARRAY<STRING>)";

  private AttributeSql() {}

  /** What {@link dev.ripen.scoring.Attributes} is to Spark. */
  static final String TYPE =
      "STRUCT<holds: ARRAY<STRING>, excluded_because: STRING, segment: STRING, in_population:"
          + " BOOLEAN, points: MAP<STRING, BIGINT>>";

  /** Whether a model asks for the latest status. */
  static boolean asksStatus(ModelRules model) {
    return model.versions().stream()
        .anyMatch(version -> !version.model().exclusions().statuses().isEmpty());
  }

  /**
   * What a model says of a lead as the row is: from the beginning, and at the start of each later
   * version.
   */
  static String judged(ModelRules model) {
    List<VersionRules> versions = model.versions();
    String changes =
        versions.stream()
            .skip(1)
            .map(
                version ->
                    "named_struct('occurred_at', "
                        + version.fromMicros()
                        + "L, 'attributes', "
                        + attributes(version.model())
                        + ")")
            .collect(joining(",\n      "));
    return "named_struct('attributes', "
        + attributes(versions.get(0).model())
        + ", 'changes', "
        + (changes.isEmpty()
            ? "CAST(NULL AS ARRAY<STRUCT<occurred_at: BIGINT, attributes: " + TYPE + ">>)"
            : "array(" + changes + ")")
        + ")";
  }

  /** What a model says of a lead as the row was at {@code ripen_since}, in microseconds. */
  static String judgedThen(ModelRules model) {
    List<VersionRules> versions = model.versions();
    if (versions.size() == 1) {
      return attributes(versions.get(0).model());
    }
    StringBuilder cases = new StringBuilder("CASE");
    for (int i = versions.size() - 1; i > 0; i--) {
      cases
          .append("\n      WHEN ripen_since >= ")
          .append(versions.get(i).fromMicros())
          .append("L THEN ")
          .append(attributes(versions.get(i).model()));
    }
    return cases + "\n      ELSE " + attributes(versions.get(0).model()) + "\n    END";
  }

  private static String attributes(Definition.Model model) {
    return "named_struct('holds', "
        + holds(model)
        + ", 'excluded_because', "
        + excludedBecause(model.exclusions())
        + ", 'segment', "
        + model.segment().map(sql -> "CAST((" + sql + ") AS STRING)").orElse("CAST(NULL AS STRING)")
        + ", 'in_population', "
        + model.population().map(sql -> "coalesce((" + sql + "), false)").orElse("true")
        + ", 'points', "
        + points(model)
        + ")";
  }

  private static String holds(Definition.Model model) {
    List<String> tests = new ArrayList<>();
    for (var dimension : model.scoring().dimensions()) {
      for (Rule rule : dimension.rules()) {
        Definition.Predicates asked = model.rules().get(rule.name());
        if (asked != null) {
          test(held(rule, asked), rule.name()).ifPresent(tests::add);
          test(asked.autoQualify(), rule.autoQualifyKey()).ifPresent(tests::add);
        }
      }
    }
    return tests.isEmpty() ? NO_TEXTS : "array_compact(array(" + String.join(", ", tests) + "))";
  }

  /** What is no number, or too large for one, does not hold. */
  private static Optional<String> held(Rule rule, Definition.Predicates asked) {
    return asked
        .lead()
        .map(
            lead ->
                rule.isAttribute() && asked.points().isPresent()
                    ? "(" + lead + ") AND " + micro(asked.points().get()) + " IS NOT NULL"
                    : lead);
  }

  /** Of rules over the lead whose points are worked out of it. */
  private static String points(Definition.Model model) {
    List<String> entries = new ArrayList<>();
    for (var dimension : model.scoring().dimensions()) {
      for (Rule rule : dimension.rules()) {
        Definition.Predicates asked = model.rules().get(rule.name());
        if (asked != null && rule.isAttribute() && asked.points().isPresent()) {
          entries.add(
              "IF("
                  + held(rule, asked).orElse("false")
                  + ", named_struct('rule', "
                  + SignalSql.quoted(rule.name())
                  + ", 'points', "
                  + micro(asked.points().get())
                  + "), NULL)");
        }
      }
    }
    return entries.isEmpty()
        ? "CAST(NULL AS MAP<STRING, BIGINT>)"
        : "map_from_entries(array_compact(array(" + String.join(", ", entries) + ")))";
  }

  private static String micro(String points) {
    return "CAST(try_cast((" + points + ") AS DECIMAL(18,6)) * 1000000 AS BIGINT)";
  }

  private static Optional<String> test(Optional<String> predicate, String key) {
    return predicate.map(sql -> "IF(" + sql + ", " + SignalSql.quoted(key) + ", NULL)");
  }

  private static String excludedBecause(Exclusions exclusions) {
    String byLead = excludedByLead(exclusions);
    if (exclusions.statuses().isEmpty()) {
      return byLead;
    }
    return "coalesce("
        + byLead
        + ", IF(ripen_latest_status IN ("
        + SignalSql.quotedList(exclusions.statuses())
        + "), concat('status ', ripen_latest_status), NULL))";
  }

  /** A missing or malformed e-mail has no domain: nothing here holds for it, the lead stays. */
  private static String excludedByLead(Exclusions exclusions) {
    StringBuilder cases = new StringBuilder();
    if (!exclusions.domains().isEmpty()) {
      cases
          .append("\n      WHEN registrable_domain(email) IN (")
          .append(SignalSql.quotedList(exclusions.domains()))
          .append(") THEN concat('domain ', registrable_domain(email))");
    }
    for (String part : exclusions.domainsContaining()) {
      cases
          .append("\n      WHEN contains(substring_index(email, '@', -1), ")
          .append(SignalSql.quoted(part))
          .append(") THEN ")
          .append(SignalSql.quoted("domain contains " + part));
    }
    if (exclusions.disposableMail()) {
      cases.append("\n      WHEN is_disposable_mail(email) THEN 'disposable mail'");
    }
    exclusions
        .lead()
        .ifPresent(
            predicate ->
                cases
                    .append("\n      WHEN (")
                    .append(predicate)
                    .append(") THEN ")
                    .append(SignalSql.quoted("lead: " + predicate)));
    return cases.isEmpty() ? "CAST(NULL AS STRING)" : "CASE" + cases + "\n    END";
  }
}
