package dev.ripen.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import dev.ripen.sqlmodel.ModelCheck;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.orc.OrcFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;

/**
 * What rules ask of some days of events, as Spark has optimized it: without what cannot be, and
 * with conditions where the tables are. Runs nothing.
 *
 * @param events {@code events} or {@code account_events}
 */
record SignalPlans(Dataset<Row> events, Column days) {
  private static LogicalPlan optimized(Dataset<Row> rows) {
    return RememberedMatches.withRlike(SqlPlans.optimized(rows));
  }

  private Column visitor(List<SignalRule> rules) {
    return col(SignalRows.isOfAccounts(rules) ? "account_id" : "visitor_id");
  }

  private static Column matchesAny(List<SignalRule> rules) {
    return expr(SignalSql.any(rules));
  }

  /** For {@link dev.ripen.spark.pushdown.Statements#signals}. */
  LogicalPlan tagged(List<SignalRule> rules) {
    List<Column> columns = new ArrayList<>();
    columns.add(visitor(rules).as("visitor_id"));
    columns.add(col("event_id"));
    columns.add(col("occurred_at"));
    for (int i = 0; i < rules.size(); i++) {
      columns.add(expr(SignalSql.match(rules.get(i))).as("match_" + (i + 1)));
    }
    return optimized(
        events
            .where(days)
            .where(visitor(rules).isNotNull().and(col("event_id").isNotNull()))
            .where(matchesAny(rules))
            .select(columns.toArray(new Column[0])));
  }

  /** One row for {@link SourceCounts}. */
  LogicalPlan counts(List<SignalRule> rules, List<ModelCheck> checks) {
    return optimized(counted(rules, checks));
  }

  /** The same for Spark to run. */
  Dataset<Row> counted(List<SignalRule> rules, List<ModelCheck> checks) {
    Column read = coalesce(days, lit(false));
    Column loaded =
        LateDays.areKnown(events)
            ? when(
                read.and(col(LateDays.LOADED_AT).leq(current_timestamp())), col(LateDays.LOADED_AT))
            : lit(null).cast("timestamp");
    List<Column> columns = new ArrayList<>();
    columns.add(count_if(read).as("events"));
    columns.add(count_if(read.and(matchesAny(rules))).as("matching"));
    columns.add(
        count_if(read.and(visitor(rules).isNull().or(col("event_id").isNull()))).as("without_id"));
    columns.add(max(loaded).as(SignalCounts.LOADED_THROUGH));
    columns.add(min(when(read, col("occurred_at"))).as(SignalCounts.FIRST_EVENT));
    for (int i = 0; i < checks.size(); i++) {
      columns.add(expr(checks.get(i).failing()).as("check_" + (i + 1)));
    }
    Dataset<Row> rows =
        checks.isEmpty() ? events.where(days) : events.where(days.or(col("occurred_at").isNull()));
    return rows.agg(count(lit(1)).as("rows"), columns.toArray(new Column[0]));
  }

  /**
   * Whether the events lie in files that are read by columns: to count them in a pass of its own
   * takes few columns, and to look for signals then none of the tables in which there can be none.
   */
  boolean areColumnar() {
    boolean[] columnar = {true};
    SqlPlans.everyPlan(
        SqlPlans.analyzed(events),
        node -> {
          if (SqlPlans.children(node).isEmpty()) {
            columnar[0] &= isColumnar(node);
          }
        });
    return columnar[0];
  }

  private static boolean isColumnar(LogicalPlan leaf) {
    return leaf instanceof LogicalRelation relation
        && relation.relation() instanceof HadoopFsRelation files
        && (files.fileFormat() instanceof ParquetFileFormat
            || files.fileFormat() instanceof OrcFileFormat);
  }
}
