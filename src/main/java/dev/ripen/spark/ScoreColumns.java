package dev.ripen.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Gives the rows of {@code sql/scores.sql} the columns that ripen reads and that a model of one's
 * own may leave out: {@code lead_id}, {@code score} and {@code is_mql} are enough. Without dates
 * somebody is an MQL since the first run that saw it; a run that sees it again after a break counts
 * it again.
 */
final class ScoreColumns {
  private static final String LAST_ACTIVITY = "last_activity_at";

  private final Dataset<Row> rows;

  private ScoreColumns(Dataset<Row> rows) {
    this.rows = rows;
  }

  /**
   * All columns, those that are there as they are.
   *
   * @param before the scores of the last committed run, complete
   */
  static Dataset<Row> complete(
      Dataset<Row> rows, RulesInForce rules, Instant asOf, Optional<Dataset<Row>> before) {
    RulesInForce.ModelRules first = rules.models().get(0);
    String version = first.versions().get(first.versions().size() - 1).label();
    return new ScoreColumns(rows).complete(first.name(), version, asOf, before);
  }

  /** The same columns where no run is at hand: to analyse what reads {@code scores}. */
  static Dataset<Row> offline(Dataset<Row> rows) {
    return new ScoreColumns(rows)
        .complete("default", "", Instant.EPOCH, Optional.empty())
        .drop(Timelines.COLUMN);
  }

  /** Whether the model says when a lead did something last. */
  static boolean knowActivity(Dataset<Row> rows) {
    return new ScoreColumns(rows).has(LAST_ACTIVITY);
  }

  private Dataset<Row> complete(
      String model, String version, Instant asOf, Optional<Dataset<Row>> before) {
    Dataset<Row> result = has("model") ? rows : rows.withColumn("model", lit(model));
    if (!has("mql_at") || !has("first_mql_at") || !has("mql_count")) {
      result = withDates(withBefore(result, before), asOf);
    }
    if (!has("published_score")) {
      result = result.withColumn("published_score", floor(col("score")).cast("bigint"));
    }
    if (!has("rules_version")) {
      result = result.withColumn("rules_version", lit(version));
    }
    for (Map.Entry<String, DataType> column : empty().entrySet()) {
      if (!has(column.getKey())) {
        result = result.withColumn(column.getKey(), lit(null).cast(column.getValue()));
      }
    }
    return has("episodes")
        ? result
        : result.withColumn(
            "episodes", expr("array()").cast(DataTypes.createArrayType(ScoreFunction.EPISODE)));
  }

  private static Map<String, DataType> empty() {
    Map<String, DataType> columns = new LinkedHashMap<>();
    columns.put("email", DataTypes.StringType);
    columns.put("level", DataTypes.StringType);
    columns.put("score_at_mql", DataTypes.createDecimalType(18, 6));
    columns.put("level_at_mql", DataTypes.StringType);
    columns.put("reasons_at_mql", DataTypes.StringType);
    columns.put("reasons", DataTypes.StringType);
    columns.put("reasons_json", DataTypes.StringType);
    columns.put("contributions", DataTypes.createArrayType(ScoreFunction.CONTRIBUTION));
    columns.put("adjustments", DataTypes.createArrayType(ScoreFunction.ADJUSTMENT));
    columns.put(LAST_ACTIVITY, DataTypes.TimestampType);
    columns.put("excluded_because", DataTypes.StringType);
    return columns;
  }

  private static Dataset<Row> withBefore(Dataset<Row> result, Optional<Dataset<Row>> before) {
    if (before.isEmpty()) {
      return result
          .withColumn("ripen_was_mql", lit(false))
          .withColumn("ripen_mql_at", lit(null).cast("timestamp"))
          .withColumn("ripen_first_mql_at", lit(null).cast("timestamp"))
          .withColumn("ripen_mql_count", lit(0));
    }
    Dataset<Row> old =
        before
            .get()
            .select(
                col("lead_id").as("ripen_lead_id"),
                col("model").as("ripen_model"),
                col("is_mql").as("ripen_was_mql"),
                col("mql_at").as("ripen_mql_at"),
                col("first_mql_at").as("ripen_first_mql_at"),
                col("mql_count").as("ripen_mql_count"));
    return result
        .join(
            old,
            col("lead_id")
                .equalTo(col("ripen_lead_id"))
                .and(col("model").equalTo(col("ripen_model"))),
            "left")
        .drop("ripen_lead_id", "ripen_model");
  }

  private Dataset<Row> withDates(Dataset<Row> joined, Instant asOf) {
    Column opens =
        coalesce(col("is_mql"), lit(false))
            .and(coalesce(col("ripen_was_mql"), lit(false)).equalTo(lit(false)));
    Dataset<Row> result = joined;
    if (!has("mql_at")) {
      result = result.withColumn("mql_at", when(opens, lit(asOf)).otherwise(col("ripen_mql_at")));
    }
    if (!has("first_mql_at")) {
      result =
          result.withColumn("first_mql_at", coalesce(col("ripen_first_mql_at"), col("mql_at")));
    }
    if (!has("mql_count")) {
      Column count = coalesce(col("ripen_mql_count"), lit(0)).plus(when(opens, 1).otherwise(0));
      result = result.withColumn("mql_count", count.cast("int"));
    }
    return result.drop("ripen_was_mql", "ripen_mql_at", "ripen_first_mql_at", "ripen_mql_count");
  }

  private boolean has(String column) {
    return Arrays.stream(rows.columns()).anyMatch(column::equalsIgnoreCase);
  }
}
