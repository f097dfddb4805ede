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
    List<String> fields = List.copyOf(destination.fields().keySet());
    boolean clears = destination.leavers() == DestinationSettings.Leavers.CLEAR;
    Dataset<Row> joined =
        wanted(rows, fields)
            .join(scores(), col("wanted_lead_id").equalTo(col("score_lead_id")), "left")
            .join(
                ledger(destination.name()),
                col("wanted_lead_id").equalTo(col("ledger_lead_id")),
                clears ? "full_outer" : "left")
            // Of those whom the models no longer have, only MQLs have something to lose.
            .where("ledger_lead_id IS NULL OR wanted_lead_id IS NOT NULL OR ledger_is_mql")
            .withColumn("lead_id", expr("coalesce(wanted_lead_id, ledger_lead_id)"))
            .join(
                rejects(destination.name()), col("lead_id").equalTo(col("reject_lead_id")), "left")
            .join(
                deferred(destination.name()),
                col("lead_id").equalTo(col("deferred_lead_id")),
                "left");
    return new PlanInput(
        joined.mapPartitions(new CrmRows(planner, fields), Encoders.row(CrmRows.RESULT)));
  }

  private Dataset<Row> ledger(String destination) {
    return new LedgerTables(spark, state)
        .ledger(destination)
        .select(
            col("lead_id").as("ledger_lead_id"),
            col("record_id").as("ledger_record_id"),
            col("fields").as("ledger_fields"),
            col("is_mql").as("ledger_is_mql"),
            col("level").as("ledger_level"),
            col("episode_mql_at").as("ledger_episode_mql_at"),
            col("acknowledged_at").as("ledger_acknowledged_at"),
            col("run_id").as("ledger_run_id"));
  }

  private Dataset<Row> rejects(String destination) {
    return new RejectsTable(spark, state)
        .blocking(destination)
        .select(
            col("lead_id").as("reject_lead_id"),
            col("content").as("reject_content"),
            col("definition").as("reject_definition"),
            col("code").as("reject_code"));
  }

  private Dataset<Row> deferred(String destination) {
    return new DeferredTable(state)
        .waiting(destination)
        .select(
            col("lead_id").as("deferred_lead_id"),
            expr("unix_micros(since)").as("ripen_deferred_since"));
  }

  private static Dataset<Row> wanted(Dataset<Row> rows, List<String> fields) {
    List<String> columns = List.of(rows.columns());
    List<Column> selected = new ArrayList<>();
    selected.add(col("lead_id").cast("string").as("wanted_lead_id"));
    selected.add(orNull(columns, "record_id").as("ripen_record_id"));
    selected.add(orNull(columns, "email").as("ripen_email"));
    fields.forEach(field -> selected.add(col(field)));
    return rows.select(selected.toArray(Column[]::new));
  }

  private static Column orNull(List<String> columns, String name) {
    return columns.contains(name) ? col(name).cast("string") : lit(null).cast("string");
  }

  /** One row per lead, also where a model of the project's own has more. */
  private Dataset<Row> scores() {
    return spark
        .table(LeadScores.VIEW)
        .groupBy(col("lead_id").as("score_lead_id"))
        .agg(
            expr("bool_or(is_mql)").as("ripen_is_mql"),
            expr("max_by(level, (is_mql, score))").as("ripen_level"),
            expr("max(mql_at)").as("ripen_mql_at"),
            expr("max_by(reasons, (is_mql, score))").as("ripen_reasons"));
  }
}
