package dev.ripen.spark;

import static java.util.stream.Collectors.joining;

import dev.ripen.spark.RulesInForce.VersionRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the SQL of the built-in model {@code signals} from the rules. Pure text; {@code ripen
 * check --show-sql} prints it.
 */
final class SignalSql {
  static final String TAGGED = "tagged_events";
  static final String TAGGED_OF_ACCOUNTS = "tagged_account_events";

  /** All signals of a day are in one part; Spark decides how many parts there are. */
  static final String BY_DAY = "event_day";

  private static final String NO_POINTS = "CAST(NULL AS DECIMAL(38,6))";

  private SignalSql() {}

  /**
   * The rules that an event matches: one scan for all rules. An array with the id of each rule or
   * null; where a rule has an expression for its points, with pairs of both.
   */
  static String matches(List<SignalRule> rules) {
    if (rules.isEmpty()) {
      return "CAST(array() AS ARRAY<STRING>)";
    }
    boolean points = havePoints(rules);
    return rules.stream()
        .map(rule -> "IF(" + match(rule) + ", " + found(rule, points) + ", NULL)")
        .collect(joining(",\n    ", "array(\n    ", ")"));
  }

  static boolean havePoints(List<SignalRule> rules) {
    return rules.stream().anyMatch(rule -> rule.points().isPresent());
  }

  /** Whether an event is a signal of any rule; null for no, perhaps. */
  static String any(List<SignalRule> rules) {
    return rules.isEmpty()
        ? "false"
        : rules.stream().map(rule -> "(" + match(rule) + ")").collect(joining(" OR ", "(", ")"));
  }

  /** The condition under which an event is a signal of the rule. */
  static String match(SignalRule rule) {
    return rule.points()
        .map(points -> "(" + rule.event() + ") AND " + decimal(points) + " IS NOT NULL")
        .orElse(rule.event());
  }

  private static String found(SignalRule rule, boolean points) {
    String id = quoted(rule.id());
    return points
        ? "named_struct('id', "
            + id
            + ", 'points', "
            + rule.points().map(SignalSql::decimal).orElse(NO_POINTS)
            + ")"
        : id;
  }

  /** What is no number, or too large for one, awards nothing. */
  private static String decimal(String points) {
    return "try_cast((" + points + ") AS DECIMAL(38,6))";
  }

  /**
   * First half of the model: the events of some days with the rules that they match.
   *
   * @param rules those that look at this table
   */
  static String taggedEvents(List<SignalRule> rules, boolean ofAccounts) {
    return """
        -- One row per delivered event of the days that are read: the rules that it matches.
        SELECT %s, event_id, occurred_at, %s AS rules
        FROM %s
        WHERE occurred_at >= :from AND occurred_at < :to
          AND %s
        """
        .formatted(
            ofAccounts ? "account_id AS visitor_id" : "visitor_id",
            matches(rules),
            ofAccounts ? "account_events" : "events",
            any(rules));
  }

  /**
   * Second half: deliveries that are repeated on one day taken out; the fold knows those of other
   * days. One shuffle: everything is by day, as it is stored, in the order in which it is stored.
   * {@code place} counts the signals of a visitor, rule and day; those beyond the limit are bots.
   *
   * @param tagged the first half
   * @param points whether a rule in it has an expression for its points
   */
  static String signals(String tagged, boolean points) {
    return signals(tagged, points, BY_DAY);
  }

  /**
   * The same.
   *
   * @param by how they are brought together: {@link #BY_DAY}, or more parts for many days
   */
  static String signals(String tagged, boolean points, String by) {
    return """
        -- One row per visitor, rule, event and day: events that match a rule, each once.
        WITH matched AS (
          SELECT /*+ REPARTITION(%5$s) */ CAST(occurred_at AS DATE) AS event_day, visitor_id, event_id,
            occurred_at, explode_outer(rules) AS rule
          FROM %1$s
          WHERE visitor_id IS NOT NULL AND event_id IS NOT NULL
        ),
        deduplicated AS (
          SELECT event_day, visitor_id, %2$s AS rule, event_id, min(occurred_at) AS occurred_at%3$s
          FROM matched
          WHERE rule IS NOT NULL
          GROUP BY event_day, visitor_id, %2$s, event_id
        )
        %4$s"""
        .formatted(
            tagged,
            points ? "rule.id" : "rule",
            points ? ",\n    min_by(rule.points, struct(occurred_at, rule.points)) AS points" : "",
            placed("deduplicated", points),
            by);
  }

  /**
   * The end of it.
   *
   * @param signals of which each comes once a day; with {@code event_day}
   * @param points whether they have points of their own
   */
  static String placed(String signals, boolean points) {
    return """
        SELECT visitor_id, rule, event_id, occurred_at, %s AS points, event_day,
          row_number() OVER (
            PARTITION BY event_day, visitor_id, rule ORDER BY occurred_at, event_id) AS place
        FROM %s
        """
        .formatted(points ? "points" : NO_POINTS, signals);
  }

  /** Signals of a source, of which each comes once, as {@link #placed} wants them. */
  static String byDay(String signals, String by) {
    return "(SELECT /*+ REPARTITION("
        + by
        + ") */ *, CAST(occurred_at AS DATE) AS event_day FROM "
        + signals
        + ")";
  }

  /**
   * Whether a signal is of a rule that is in force at its time.
   *
   * @param versions of all models, or of one
   */
  static String inForce(List<VersionRules> versions) {
    List<String> ranges = new ArrayList<>();
    for (VersionRules version : versions) {
      List<String> tests = new ArrayList<>();
      tests.add("rule IN (" + idList(version.signals()) + ")");
      if (version.fromMicros() != Long.MIN_VALUE) {
        tests.add("occurred_at >= timestamp_micros(" + version.fromMicros() + ")");
      }
      if (version.untilMicros() != Long.MAX_VALUE) {
        tests.add("occurred_at < timestamp_micros(" + version.untilMicros() + ")");
      }
      ranges.add(String.join(" AND ", tests));
    }
    return ranges.size() == 1 ? ranges.get(0) : ranges.stream().collect(joining(" OR ", "(", ")"));
  }

  static String idList(List<SignalRule> rules) {
    return quotedList(rules.stream().map(SignalRule::id).toList());
  }

  static String quotedList(List<String> texts) {
    return texts.isEmpty() ? "''" : texts.stream().map(SignalSql::quoted).collect(joining(", "));
  }

  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
