package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The tables {@code ledger} and {@code rejects}: what a CRM acknowledged, and what it refused. */
public final class LedgerTables {
  public static final String LEDGER = "ledger";
  public static final String REJECTS = "rejects";

  static final StructType LEDGER_TYPE =
      new StructType()
          .add("destination", DataTypes.StringType)
          .add("lead_id", DataTypes.StringType)
          .add("record_id", DataTypes.StringType)
          .add("fields", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
          .add("is_mql", DataTypes.BooleanType)
          .add("level", DataTypes.StringType)
          .add("episode_mql_at", DataTypes.TimestampType)
          .add("acknowledged_at", DataTypes.TimestampType)
          .add("run_id", DataTypes.StringType);

  static final StructType REJECTS_TYPE =
      new StructType()
          .add("destination", DataTypes.StringType)
          .add("lead_id", DataTypes.StringType)
          .add("record_id", DataTypes.StringType)
          .add("fields", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
          .add("content", DataTypes.StringType)
          .add("definition", DataTypes.StringType)
          .add("code", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("attempts", DataTypes.IntegerType)
          .add("first_at", DataTypes.TimestampType)
          .add("last_at", DataTypes.TimestampType)
          .add("run_id", DataTypes.StringType);

  private static final StructType PLAN_ROW =
      new StructType()
          .add("seq", DataTypes.LongType)
          .add("key", DataTypes.StringType)
          .add("record_id", DataTypes.StringType)
          .add(
              "fields",
              DataTypes.createMapType(
                  DataTypes.StringType, new StructType().add("new", DataTypes.StringType)))
          .add(
              "after",
              new StructType()
                  .add(
                      "fields", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
                  .add("is_mql", DataTypes.BooleanType)
                  .add("level", DataTypes.StringType)
                  .add("episode_mql_at", DataTypes.TimestampType))
          .add("content", DataTypes.StringType);

  private static final StructType OUTCOME =
      new StructType()
          .add("seq", DataTypes.LongType)
          .add("outcome", DataTypes.StringType)
          .add("record_id", DataTypes.StringType)
          .add("not_applied", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
          .add("code", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("at", DataTypes.TimestampType);

  private final SparkSession spark;
  private final StateTables state;

  public LedgerTables(SparkSession spark, StateTables state) {
    this.spark = spark;
    this.state = state;
  }

  /** The ledger of one destination as committed; empty before the first sync. */
  Dataset<Row> ledger(String destination) {
    return table(LEDGER, LEDGER_TYPE, destination);
  }

  /** The open rejects of one destination as committed. */
  public Dataset<Row> rejects(String destination) {
    return table(REJECTS, REJECTS_TYPE, destination);
  }

  private Dataset<Row> table(String name, StructType type, String destination) {
    return state
        .committed(name)
        .orElseGet(() -> spark.createDataFrame(List.of(), type))
        .where(col("destination").equalTo(destination));
  }

  /**
   * Folds what became of a plan's rows into the tables. The same lines folded twice change nothing.
   *
   * @param planFile of the frozen plan, as Spark can read it
   * @param outboxDirectory of the run's outbox
   */
  public void fold(
      String destination,
      String runId,
      String definition,
      String planFile,
      String outboxDirectory) {
    Dataset<Row> plan = spark.read().schema(PLAN_ROW).json(planFile);
    // A crash can leave a torn line; Spark reads it as nulls. A row sent twice has two lines.
    Dataset<Row> outcomes =
        spark
            .read()
            .schema(OUTCOME)
            .json(outboxDirectory)
            .where("seq IS NOT NULL AND at IS NOT NULL");
    outcomes.createOrReplaceTempView("ripen_outcomes");
    Dataset<Row> last =
        spark.sql(
            "SELECT o.* FROM (SELECT seq, max_by(struct(*), at) AS o FROM ripen_outcomes GROUP BY"
                + " seq)");
    Dataset<Row> both =
        plan.withColumnRenamed("record_id", "planned_record_id")
            .join(last, "seq")
            .withColumn("destination", lit(destination))
            .withColumn("run_id", lit(runId))
            .withColumn("definition", lit(definition))
            .withColumn("lead_id", col("key"))
            .persist();
    try {
      foldWritten(both.where(col("outcome").equalTo("written")));
      foldRejected(destination, both);
    } finally {
      both.unpersist();
    }
  }

  private void foldWritten(Dataset<Row> written) {
    if (written.isEmpty()) {
      return;
    }
    Dataset<Row> rows =
        written.selectExpr(
            "destination",
            "lead_id",
            "record_id",
            "map_concat(map_filter(after.fields, (k, v) -> NOT"
                + " coalesce(map_contains_key(not_applied, k), false)), coalesce(not_applied,"
                + " CAST(map() AS MAP<STRING, STRING>))) AS fields",
            "after.is_mql AS is_mql",
            "after.level AS level",
            "after.episode_mql_at AS episode_mql_at",
            "at AS acknowledged_at",
            "run_id");
    state.upsert(LEDGER, rows, List.of("destination", "lead_id"));
  }

  private void foldRejected(String destination, Dataset<Row> both) {
    Dataset<Row> rejected = both.where(col("outcome").equalTo("rejected"));
    boolean none = rejected.isEmpty();
    if (none && !state.exists(REJECTS)) {
      return;
    }
    Dataset<Row> before =
        (state.exists(REJECTS)
                ? state.current(REJECTS)
                : spark.createDataFrame(List.of(), REJECTS_TYPE))
            .persist();
    try {
      if (none && before.where(col("destination").equalTo(destination)).isEmpty()) {
        return;
      }
      before.createOrReplaceTempView("ripen_rejects_before");
      rejected.createOrReplaceTempView("ripen_rejected");
      both.createOrReplaceTempView("ripen_outcomes_of_plan");
      Dataset<Row> after =
          spark.sql(
              """
              SELECT b.* FROM ripen_rejects_before AS b
              WHERE NOT EXISTS (
                SELECT 1 FROM ripen_outcomes_of_plan AS o
                WHERE o.destination = b.destination AND o.lead_id = b.lead_id)
              UNION ALL
              SELECT r.destination, r.lead_id, coalesce(r.record_id, r.planned_record_id) AS record_id,
                transform_values(r.fields, (k, v) -> v.new) AS fields, r.content, r.definition, r.code, r.message,
                CAST(coalesce(IF(b.run_id = r.run_id, b.attempts - 1, b.attempts), 0) + 1 AS INT) AS attempts,
                coalesce(b.first_at, r.at) AS first_at, r.at AS last_at, r.run_id
              FROM ripen_rejected AS r
              LEFT JOIN ripen_rejects_before AS b ON b.destination = r.destination AND b.lead_id = r.lead_id
              """);
      state.overwrite(REJECTS, after);
    } finally {
      before.unpersist();
    }
  }
}
