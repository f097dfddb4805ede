package dev.ripen.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.ripen.config.DefinitionVersions.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * MQL dates that a CRM has acknowledged stay when a new definition judges all time anew. They are
 * taken down at the change, and joined after each fold from then on; an episode that opens after
 * the change has its own date.
 */
final class AcknowledgedDates {
  static final String TABLE = "acknowledged_dates";

  private final SparkSession spark;
  private final StateTables state;
  private final boolean preview;

  AcknowledgedDates(SparkSession spark, StateTables state, boolean preview) {
    this.spark = spark;
    this.state = state;
    this.preview = preview;
  }

  /**
   * The scores with the dates that must not move.
   *
   * @param scores complete
   * @param before the scores of the last committed run
   * @param change of the definition in this run
   * @param restate whether dates may move after all; then none is kept any longer
   */
  Dataset<Row> hold(
      Dataset<Row> scores,
      Optional<Dataset<Row>> before,
      Change change,
      boolean restate,
      Instant asOf) {
    Optional<Dataset<Row>> known = state.committed(TABLE);
    if (restate) {
      known.filter(rows -> !preview).ifPresent(rows -> state.overwrite(TABLE, rows.limit(0)));
      return scores;
    }
    Optional<Dataset<Row>> told = state.committed(LedgerTables.LEDGER);
    if (change == Change.JUDGES_ANEW && before.isPresent() && told.isPresent()) {
      Dataset<Row> dates = takenDown(before.get(), told.get(), asOf);
      if (known.isPresent()) {
        dates = dates.unionByName(known.get().join(dates, key(known.get(), dates), "left_anti"));
      }
      if (!preview) {
        state.overwrite(TABLE, dates);
        dates = state.current(TABLE);
      }
      return held(scores, dates);
    }
    return known.map(dates -> held(scores, dates)).orElse(scores);
  }

  private static Column key(Dataset<Row> left, Dataset<Row> right) {
    return left.col("lead_id")
        .equalTo(right.col("lead_id"))
        .and(left.col("model").equalTo(right.col("model")));
  }

  /** The ledger does not know models: it was told all of a person's scores of that run. */
  private Dataset<Row> takenDown(Dataset<Row> before, Dataset<Row> told, Instant asOf) {
    before.createOrReplaceTempView("ripen_scores_told");
    told.createOrReplaceTempView("ripen_ledger_told");
    return spark
        .sql(
            """
            SELECT s.lead_id, s.model, s.first_mql_at,
              IF(t.acknowledged_at >= s.detected_at OR t.episode_mql_at >= s.mql_at, s.mql_at, NULL) AS mql_at
            FROM ripen_scores_told AS s
            JOIN (
              SELECT lead_id, max(acknowledged_at) AS acknowledged_at, max(episode_mql_at) AS episode_mql_at
              FROM ripen_ledger_told
              WHERE episode_mql_at IS NOT NULL
              GROUP BY lead_id) AS t ON t.lead_id = s.lead_id
            WHERE s.first_mql_at IS NOT NULL AND t.episode_mql_at >= s.first_mql_at
            """)
        .withColumn("held_from", lit(asOf));
  }

  private static Dataset<Row> held(Dataset<Row> scores, Dataset<Row> dates) {
    Dataset<Row> held =
        dates.select(
            col("lead_id").as("held_lead_id"),
            col("model").as("held_model"),
            col("first_mql_at").as("held_first_mql_at"),
            col("mql_at").as("held_mql_at"),
            col("held_from"));
    Column scored = col("excluded_because").isNull();
    Column old = col("mql_at").isNull().or(col("mql_at").leq(col("held_from")));
    return scores
        .join(
            broadcast(held),
            col("lead_id")
                .equalTo(col("held_lead_id"))
                .and(col("model").equalTo(col("held_model"))),
            "left")
        .withColumn(
            "mql_at",
            when(scored.and(old), coalesce(col("held_mql_at"), col("mql_at")))
                .otherwise(col("mql_at")))
        .withColumn(
            "first_mql_at",
            when(scored, coalesce(col("held_first_mql_at"), col("first_mql_at")))
                .otherwise(col("first_mql_at")))
        .drop(
            List.of("held_lead_id", "held_model", "held_first_mql_at", "held_mql_at", "held_from")
                .toArray(String[]::new));
  }
}
