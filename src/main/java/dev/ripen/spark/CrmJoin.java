package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.DestinationSettings;
import dev.ripen.sync.RowPlanner;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Joins the rows that a CRM should have with its ledger and its rejects. */
final class CrmJoin {
  private final SparkSession spark;
  private final StateTables state;

  CrmJoin(SparkSession spark, StateTables state) {
    this.spark = spark;
    this.state = state;
  }

  PlanInput candidates(Dataset<Row> rows, DestinationSettings destination, RowPlanner planner) {
    LedgerTables tables = new LedgerTables(spark, state);
    List<String> fields = List.copyOf(destination.fields().keySet());
    Dataset<Row> joined =
        wanted(rows, fields)
            .join(scores(), col("lead_id").equalTo(col("score_lead_id")), "left")
            .join(
                tables
                    .ledger(destination.name())
                    .select(
                        col("lead_id").as("ledger_lead_id"),
                        col("record_id").as("ledger_record_id"),
                        col("fields").as("ledger_fields"),
                        col("is_mql").as("ledger_is_mql"),
                        col("level").as("ledger_level"),
                        col("episode_mql_at").as("ledger_episode_mql_at"),
                        col("acknowledged_at").as("ledger_acknowledged_at"),
                        col("run_id").as("ledger_run_id")),
                col("lead_id").equalTo(col("ledger_lead_id")),
                "left")
            .join(
                new RejectsTable(spark, state)
                    .blocking(destination.name())
                    .select(
                        col("lead_id").as("reject_lead_id"),
                        col("content").as("reject_content"),
                        col("definition").as("reject_definition"),
                        col("code").as("reject_code")),
                col("lead_id").equalTo(col("reject_lead_id")),
                "left")
            .join(
                new DeferredTable(spark, state)
                    .waiting(destination.name())
                    .select(
                        col("lead_id").as("deferred_lead_id"),
                        expr("unix_micros(since)").as("ripen_deferred_since")),
                col("lead_id").equalTo(col("deferred_lead_id")),
                "left");
    Dataset<Row> decided =
        joined.mapPartitions(new CrmRows(planner, fields), Encoders.row(CrmRows.RESULT));
    return new PlanInput(decided);
  }

  private static Dataset<Row> wanted(Dataset<Row> rows, List<String> fields) {
    List<String> columns = List.of(rows.columns());
    List<Column> selected = new ArrayList<>();
    selected.add(col("lead_id").cast("string").as("lead_id"));
    selected.add(orNull(columns, "record_id").as("ripen_record_id"));
    selected.add(orNull(columns, "email").as("ripen_email"));
    fields.forEach(field -> selected.add(col(field)));
    return rows.select(selected.toArray(Column[]::new));
  }

  private static Column orNull(List<String> columns, String name) {
    return columns.contains(name) ? col(name).cast("string") : lit(null).cast("string");
  }

  /** One row per lead, whatever the number of models: an MQL of any model is an MQL. */
  private Dataset<Row> scores() {
    return spark
        .table(Pipeline.SCORES)
        .groupBy(col("lead_id").as("score_lead_id"))
        .agg(
            expr("bool_or(is_mql)").as("ripen_is_mql"),
            expr("max_by(level, (is_mql, score))").as("ripen_level"),
            expr("max(mql_at)").as("ripen_mql_at"),
            expr("max_by(reasons, (is_mql, score))").as("ripen_reasons"));
  }
}
