package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.Project;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Makes signals of events: what a night and a test of rules do alike. Stateless. */
final class SignalRows {
  private SignalRows() {}

  /**
   * Makes the view {@code signals} of the views {@code events} and {@code account_events}, as a
   * first run at that day would, and stores nothing.
   */
  static void makeView(
      SparkSession session, Project.Signals settings, RulesInForce rules, LocalDate today) {
    LocalDate from = today.minusDays(settings.historyDays() - 1L);
    List<SignalRule> all = rules.signalRules();
    Dataset<Row> signals =
        made(session, settings, all.stream().filter(rule -> !rule.isOfAccount()).toList(), from);
    if (all.stream().anyMatch(SignalRule::isOfAccount)) {
      List<SignalRule> ofAccounts = all.stream().filter(SignalRule::isOfAccount).toList();
      signals = signals.unionByName(made(session, settings, ofAccounts, from));
    }
    signals.createOrReplaceTempView(SignalStore.TABLE);
  }

  private static Dataset<Row> made(
      SparkSession session, Project.Signals settings, List<SignalRule> some, LocalDate from) {
    boolean ofAccounts = isOfAccounts(some);
    String view = ofAccounts ? SignalSql.TAGGED_OF_ACCOUNTS : SignalSql.TAGGED;
    tagged(
            session.table(ofAccounts ? "account_events" : "events"),
            inDays(from, SignalStore.END_OF_TIME),
            some)
        .createOrReplaceTempView(view);
    return limited(
        session.sql(SignalSql.signals(view, SignalSql.havePoints(some))),
        settings.maxPerVisitorRuleDay());
  }

  /** The first half of signals, see {@link SignalSql#taggedEvents}. */
  static Dataset<Row> tagged(Dataset<Row> events, Column days, List<SignalRule> some) {
    return tagged(events, days, some, "false");
  }

  /**
   * The same.
   *
   * @param elsewhere a condition, which becomes a column of that name
   */
  static Dataset<Row> tagged(
      Dataset<Row> events, Column days, List<SignalRule> some, String elsewhere) {
    return events
        .where(days)
        .selectExpr(
            isOfAccounts(some) ? "account_id AS visitor_id" : "visitor_id",
            "event_id",
            "occurred_at",
            LateDays.areKnown(events)
                ? LateDays.LOADED_AT
                : "CAST(NULL AS TIMESTAMP) AS " + LateDays.LOADED_AT,
            SignalSql.matches(some) + " AS rules",
            elsewhere + " AS elsewhere");
  }

  static Dataset<Row> limited(Dataset<Row> placed, int most) {
    return placed.where(col("place").leq(most)).drop("place");
  }

  static Column inDays(LocalDate from, LocalDate until) {
    return col("occurred_at")
        .geq(lit(startOf(from)))
        .and(col("occurred_at").lt(lit(startOf(until))));
  }

  /** As ranges, which reach the source: days that follow one another are one. */
  static Column inDays(Collection<LocalDate> days) {
    Column all = lit(false);
    LocalDate from = null;
    LocalDate until = null;
    for (LocalDate day : new TreeSet<>(days)) {
      if (from != null && !day.equals(until)) {
        all = all.or(inDays(from, until));
        from = null;
      }
      from = from == null ? day : from;
      until = day.plusDays(1);
    }
    return from == null ? all : all.or(inDays(from, until));
  }

  static boolean isOfAccounts(List<SignalRule> some) {
    return !some.isEmpty() && some.get(0).isOfAccount();
  }

  /** When a UTC day begins. */
  static Instant startOf(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
