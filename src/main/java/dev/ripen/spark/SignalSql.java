package dev.ripen.spark;

import static java.util.stream.Collectors.joining;

import com.google.common.hash.Hashing;
import dev.ripen.config.Definition;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the SQL of the two built-in models, {@code signals} and {@code facts}, from the rules.
 * Pure text; {@code ripen check --show-sql} prints it.
 */
public final class SignalSql {
  private static final String NO_STATUSES =
      "(SELECT CAST(NULL AS STRING) AS lead_id, CAST(NULL AS STRING) AS status,"
          + " CAST(NULL AS TIMESTAMP) AS occurred_at, CAST(NULL AS STRING) AS reason)";

  private SignalSql() {}

  /**
   * A rule with everything that can change its signals, as one word: {@code page-view@3f9c01ab}.
   */
  public record RuleId(String rule, String fingerprint) {
    @Override
    public String toString() {
      return rule + "@" + fingerprint;
    }
  }

  /**
   * The event rules of a definition with their fingerprints.
   *
   * @param eventsText the SQL of {@code events} and of all that it reads
   * @param parameters of the models, without {@code as_of}: a new night is no new rule
   */
  public static Map<String, RuleId> ruleIds(
      Definition definition, String eventsText, Map<String, Object> parameters) {
    Map<String, RuleId> ids = new LinkedHashMap<>();
    definition
        .models()
        .get(0)
        .rules()
        .forEach(
            (rule, predicates) ->
                predicates
                    .event()
                    .ifPresent(
                        event -> {
                          String content =
                              String.join(
                                  "\u0000",
                                  event,
                                  eventsText,
                                  new TreeMap<>(parameters).toString());
                          String fingerprint =
                              Hashing.sha256()
                                  .hashString(content, StandardCharsets.UTF_8)
                                  .toString()
                                  .substring(0, 8);
                          ids.put(rule, new RuleId(rule, fingerprint));
                        }));
    return ids;
  }

  /** The rules that an event matches, as an array of rule ids: one scan for all rules. */
  static String matches(Definition definition, List<RuleId> rules) {
    if (rules.isEmpty()) {
      return "CAST(array() AS ARRAY<STRING>)";
    }
    return rules.stream()
        .map(id -> "IF(" + event(definition, id.rule()) + ", " + quoted(id.toString()) + ", NULL)")
        .collect(joining(",\n    ", "array_compact(array(\n    ", "))"));
  }

  private static String event(Definition definition, String rule) {
    return definition.models().get(0).rules().get(rule).event().orElseThrow();
  }

  /** First half of the model: the events of some days with the rules that they match. */
  public static String taggedEvents(Definition definition, List<RuleId> rules) {
    return """
        -- One row per delivered event of the days that are read: the rules that it matches.
        SELECT visitor_id, event_id, occurred_at, %s AS rules
        FROM events
        WHERE occurred_at >= :from AND occurred_at < :to
        """
        .formatted(matches(definition, rules));
  }

  /**
   * Second half: repeated deliveries taken out. One shuffle: everything is by visitor. {@code
   * place} counts the signals of a visitor, rule and day; those beyond the limit are bots.
   */
  public static String signals() {
    return """
        -- One row per visitor, rule and event: events that match a rule, each once.
        WITH matched AS (
          SELECT /*+ REPARTITION(visitor_id) */ visitor_id, event_id, occurred_at, explode(rules) AS rule
          FROM tagged_events
          WHERE visitor_id IS NOT NULL AND event_id IS NOT NULL AND size(rules) > 0
        ),
        deduplicated AS (
          SELECT visitor_id, rule, event_id, min(occurred_at) AS occurred_at
          FROM matched
          GROUP BY visitor_id, rule, event_id
        )
        SELECT visitor_id, rule, event_id, occurred_at, CAST(occurred_at AS DATE) AS event_day,
          row_number() OVER (
            PARTITION BY visitor_id, rule, CAST(occurred_at AS DATE) ORDER BY occurred_at, event_id) AS place
        FROM deduplicated
        """;
  }

  /**
   * One row per lead with everything the fold needs.
   *
   * @param statuses whether the project has that model
   */
  public static String facts(Definition definition, List<RuleId> rules, boolean statuses) {
    return """
        -- One row per lead: its signals, the attribute rules that hold, statuses, exclusion.
        WITH judged AS (
          SELECT lead_id, email, created_at,
            %s AS rules_that_hold,
            %s AS excluded_because
          FROM leads
          WHERE lead_id IS NOT NULL
        ),
        lead_signals AS (
          SELECT i.lead_id,
            collect_list(struct(s.visitor_id, s.event_id, s.rule, unix_micros(s.occurred_at) AS occurred_at)) AS signals
          FROM signals AS s JOIN identities AS i ON s.visitor_id = i.visitor_id
          WHERE s.rule IN (%s)
          GROUP BY i.lead_id
        ),
        lead_statuses AS (
          SELECT lead_id,
            collect_list(struct(status, unix_micros(occurred_at) AS occurred_at, reason)) AS statuses,
            max_by(status, occurred_at) FILTER (WHERE occurred_at <= :as_of) AS latest_status
          FROM %s
          WHERE lead_id IS NOT NULL AND status IS NOT NULL AND occurred_at IS NOT NULL
          GROUP BY lead_id
        )
        SELECT l.lead_id, l.email, %s AS model,
          struct(
            unix_micros(l.created_at) AS created_at,
            s.signals,
            l.rules_that_hold AS holds,
            t.statuses,
            %s AS excluded_because) AS facts
        FROM judged AS l
        LEFT JOIN lead_signals AS s ON l.lead_id = s.lead_id
        LEFT JOIN lead_statuses AS t ON l.lead_id = t.lead_id
        """
        .formatted(
            holds(definition),
            excludedBecause(definition.models().get(0).exclusions()),
            quotedList(rules.stream().map(RuleId::toString).toList()),
            statuses ? "statuses" : NO_STATUSES,
            quoted(definition.models().get(0).scoring().name()),
            excludedByStatus(definition.models().get(0).exclusions()));
  }

  private static String holds(Definition definition) {
    List<String> tests =
        definition.models().get(0).rules().entrySet().stream()
            .filter(entry -> entry.getValue().lead().isPresent())
            .map(
                entry ->
                    "IF("
                        + entry.getValue().lead().orElseThrow()
                        + ", "
                        + quoted(entry.getKey())
                        + ", NULL)")
            .toList();
    return tests.isEmpty()
        ? "CAST(array() AS ARRAY<STRING>)"
        : "array_compact(array(" + String.join(", ", tests) + "))";
  }

  /** A missing or malformed e-mail has no domain: nothing here holds for it, the lead stays. */
  private static String excludedBecause(Definition.Exclusions exclusions) {
    StringBuilder cases = new StringBuilder();
    if (!exclusions.domains().isEmpty()) {
      cases
          .append("\n      WHEN registrable_domain(email) IN (")
          .append(quotedList(exclusions.domains()))
          .append(") THEN concat('domain ', registrable_domain(email))");
    }
    for (String part : exclusions.domainsContaining()) {
      cases
          .append("\n      WHEN contains(substring_index(email, '@', -1), ")
          .append(quoted(part))
          .append(") THEN ")
          .append(quoted("domain contains " + part));
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
                    .append(quoted("lead: " + predicate)));
    return cases.isEmpty() ? "CAST(NULL AS STRING)" : "CASE" + cases + "\n    END";
  }

  private static String excludedByStatus(Definition.Exclusions exclusions) {
    if (exclusions.statuses().isEmpty()) {
      return "l.excluded_because";
    }
    return "coalesce(l.excluded_because, IF(t.latest_status IN ("
        + quotedList(exclusions.statuses())
        + "), concat('status ', t.latest_status), NULL))";
  }

  private static String quotedList(List<String> texts) {
    return texts.isEmpty() ? "''" : texts.stream().map(SignalSql::quoted).collect(joining(", "));
  }

  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
