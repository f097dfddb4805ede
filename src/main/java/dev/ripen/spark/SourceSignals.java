package dev.ripen.spark;

import dev.ripen.spark.pushdown.NotPushedException;
import dev.ripen.spark.pushdown.Statements;
import dev.ripen.sqlmodel.ModelCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the database that events are in find the signals and count what a run tells: of all events,
 * one row per visitor, rule, event and day comes to Spark. Where it is not certain that the result
 * is Spark's own, Spark reads the events as of any source.
 */
final class SourceSignals {
  private static final Logger LOG = LoggerFactory.getLogger(SourceSignals.class);

  private final SparkSession spark;
  private final Sources sources;

  SourceSignals(SparkSession spark, Sources sources) {
    this.spark = spark;
    this.sources = sources;
  }

  /**
   * What can be computed inside a source.
   *
   * @param table any of its tables
   * @param counts one row, see {@link SourceCounts}
   * @param signals visitor_id, rule, event_id, occurred_at; empty if no event can match a rule
   */
  record Found(JdbcTable table, String counts, Optional<String> signals) {}

  /**
   * What was decided for some rules.
   *
   * @param found empty if Spark has to read the events
   * @param rules those that are computed inside
   * @param reasons why others are not, by rule; a reason that concerns all of them is under ""
   */
  record Decision(Optional<Found> found, List<SignalRule> rules, Map<String, String> reasons) {
    private static Decision leftToSpark(String rule, String reason) {
      return new Decision(Optional.empty(), List.of(), Map.of(rule, reason));
    }

    /** The others. */
    List<SignalRule> left(List<SignalRule> all) {
      return all.stream().filter(rule -> !rules.contains(rule)).toList();
    }
  }

  /**
   * Decides; asks the database for the types of its columns, reads no rows.
   *
   * @param events {@code events} or {@code account_events}
   * @param rules that look at them
   * @param checks of the model, to be counted in passing
   */
  Decision decide(
      Dataset<Row> events, List<SignalRule> rules, Column days, List<ModelCheck> checks) {
    try (DatabaseTables tables = DatabaseTables.of(sources, SqlPlans.analyzed(events))) {
      return new Question(tables, new SignalPlans(events, days)).decide(rules, checks);
    } catch (NotPushedException e) {
      return Decision.leftToSpark("", e.reason());
    } catch (Exception e) {
      // Whatever it is, Spark reads the events, and tells what is wrong with them.
      LOG.warn("Nothing is computed inside the source: {}", e.getMessage());
      return Decision.leftToSpark("", "it cannot be asked for");
    }
  }

  /**
   * What a source says.
   *
   * @param signals visitor_id, rule, event_id, occurred_at; each once a day. The database is asked
   *     for them when they are needed
   */
  record Answer(SourceCounts counts, Dataset<Row> signals) {}

  /**
   * Asks the database. The counts first: what is loaded in between is read by the next night, too.
   *
   * @return empty if the database refuses the SQL
   */
  Optional<Answer> ask(Found found) {
    try {
      SourceCounts counts =
          SourceCounts.of(JdbcReader.query(spark, found.table(), found.counts()).head());
      return Optional.of(new Answer(counts, signals(found)));
    } catch (Exception e) {
      // Spark reads the events then; if it cannot either, its problem is the one to tell.
      LOG.warn("{} refuses what was to be computed inside it: {}", found.table(), e.getMessage());
      return Optional.empty();
    }
  }

  private Dataset<Row> signals(Found found) {
    return found
        .signals()
        .map(sql -> JdbcReader.query(spark, found.table(), sql))
        .orElseGet(
            () ->
                spark.sql(
                    "SELECT '' AS visitor_id, '' AS rule, '' AS event_id, current_timestamp() AS"
                        + " occurred_at WHERE false"));
  }

  /** The rules over some days of a table of events. */
  private record Question(DatabaseTables tables, SignalPlans plans) {
    Decision decide(List<SignalRule> rules, List<ModelCheck> checks) {
      if (rules.isEmpty()) {
        return Decision.leftToSpark("", "no rule looks at them");
      }
      Map<String, String> reasons = new LinkedHashMap<>();
      List<SignalRule> inside = new ArrayList<>(rules);
      Optional<String> signals = Optional.empty();
      try {
        inside.removeIf(rule -> rule.points().isPresent());
        rules.stream()
            .filter(rule -> rule.points().isPresent())
            .forEach(rule -> reasons.put(rule.name(), "its points are an expression"));
        signals = signals(inside);
      } catch (NotPushedException e) {
        // One of them it is, or all: asked one by one they say which.
        inside.removeIf(rule -> !isPushed(rule, reasons));
        signals = signals(inside);
      }
      if (inside.isEmpty()) {
        Set<String> all = Set.copyOf(reasons.values());
        return all.size() == 1 && rules.size() > 1
            ? Decision.leftToSpark("", all.iterator().next())
            : new Decision(Optional.empty(), List.of(), reasons);
      }
      String counts = statements().counts(plans.counts(inside, checks));
      return new Decision(Optional.of(new Found(tables.first(), counts, signals)), inside, reasons);
    }

    private boolean isPushed(SignalRule rule, Map<String, String> reasons) {
      try {
        signals(List.of(rule));
        return true;
      } catch (NotPushedException e) {
        reasons.put(rule.name(), e.reason());
        return false;
      }
    }

    private Optional<String> signals(List<SignalRule> rules) {
      if (rules.isEmpty()) {
        return Optional.empty();
      }
      return statements().signals(plans.tagged(rules), rules.stream().map(SignalRule::id).toList());
    }

    private Statements statements() {
      return new Statements(tables.dialect(), tables);
    }
  }
}
