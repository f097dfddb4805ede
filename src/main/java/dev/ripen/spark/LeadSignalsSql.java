package dev.ripen.spark;

import dev.ripen.config.Definition.Source;
import dev.ripen.spark.RulesInForce.ModelRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the steps of {@code facts} that gather each person's signals: the person's own, those of
 * the account, and those of all people in the account. Pure text.
 */
final class LeadSignalsSql {
  private final RulesInForce rules;
  private final String table;
  private final int maxPerAccountRuleDay;
  private final boolean looksUpVisitors;

  /**
   * @param table of the signals
   * @param looksUpVisitors whether every task holds all visitor ids in memory
   */
  LeadSignalsSql(
      RulesInForce rules, String table, int maxPerAccountRuleDay, boolean looksUpVisitors) {
    this.rules = rules;
    this.table = table;
    this.maxPerAccountRuleDay = maxPerAccountRuleDay;
    this.looksUpVisitors = looksUpVisitors;
  }

  /** The last is {@code lead_signals}, with a column per model. */
  List<String> steps() {
    List<String> steps = new ArrayList<>();
    if (rules.looksAt(Source.PEOPLE_OF_ACCOUNT)) {
      steps.add(colleagues());
    }
    steps.add(signals());
    return steps;
  }

  /** What the people of an account did; the acting person stands for the visitor. */
  private String colleagues() {
    List<SignalRule> rolledUp =
        rules.signalRules().stream()
            .filter(rule -> rule.source() == Source.PEOPLE_OF_ACCOUNT)
            .toList();
    return """
        colleagues AS (
          SELECT account_id, visitor_id, rule, event_id, occurred_at, points
          FROM (
            SELECT *, row_number() OVER (
              PARTITION BY account_id, rule, CAST(occurred_at AS DATE)
              ORDER BY occurred_at, visitor_id, event_id) AS place
            FROM (
              SELECT a.account_id, a.lead_id AS visitor_id, s.rule, s.event_id,
                min(s.occurred_at) AS occurred_at, min_by(s.points, struct(s.occurred_at, s.points)) AS points
              FROM %s AS s
              JOIN identities AS i ON s.visitor_id = i.visitor_id
              JOIN leads AS a ON a.lead_id = i.lead_id
              WHERE s.rule IN (%s) AND a.account_id IS NOT NULL
              GROUP BY a.account_id, a.lead_id, s.rule, s.event_id))
          WHERE place <= %d
        )"""
        .formatted(table, SignalSql.idList(rolledUp), maxPerAccountRuleDay);
  }

  private String signals() {
    List<String> matched = new ArrayList<>();
    for (Source source : Source.values()) {
      List<SignalRule> ofSource =
          rules.signalRules().stream().filter(rule -> rule.source() == source).toList();
      if (!ofSource.isEmpty()) {
        matched.add(matched(source, ofSource));
      }
    }
    if (matched.isEmpty()) {
      matched.add(matched(Source.PERSON, List.of()));
    }
    return """
        matched AS (
          %s
        ),
        lead_signals AS (
          SELECT lead_id,
            %s
          FROM matched
          GROUP BY lead_id
        )"""
        .formatted(
            String.join("\n  UNION ALL\n  ", matched), FactsSql.eachModel(rules, this::collected));
  }

  private String collected(int number) {
    ModelRules model = rules.models().get(number);
    String signal =
        "collect_list(struct(visitor_id, event_id, rule, unix_micros(occurred_at) AS occurred_at, "
            + (rules.hasPoints() ? "CAST(points * 1000000 AS BIGINT)" : "CAST(NULL AS BIGINT)")
            + " AS points))";
    // The view signals is of rules in force; which model's they are matters where there are two.
    return rules.models().size() == 1
        ? signal
        : signal + " FILTER (WHERE " + SignalSql.inForce(model.versions()) + ")";
  }

  private String matched(Source source, List<SignalRule> rules) {
    String ids = SignalSql.idList(rules);
    return switch (source) {
      case PERSON ->
          """
          SELECT %si.lead_id, s.visitor_id, s.event_id, s.rule, s.occurred_at, s.points
            FROM %s AS s JOIN identities AS i ON s.visitor_id = i.visitor_id
            WHERE s.rule IN (%s)"""
              .formatted(looksUpVisitors ? "/*+ BROADCAST(i) */ " : "", table, ids);
      case PEOPLE_OF_ACCOUNT ->
          """
          SELECT l.lead_id, c.visitor_id, c.event_id, c.rule, c.occurred_at, c.points
            FROM colleagues AS c JOIN leads AS l ON c.account_id = l.account_id""";
      case ACCOUNT ->
          """
          SELECT l.lead_id, s.visitor_id, s.event_id, s.rule, s.occurred_at, s.points
            FROM %s AS s JOIN leads AS l ON s.visitor_id = l.account_id
            WHERE s.rule IN (%s)"""
              .formatted(table, ids);
    };
  }
}
