package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.ripen.sync.RecordOwners;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

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
          .add("run_id", DataTypes.StringType)
          .add("fate", DataTypes.StringType);

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

  /** What someone decided about a reject. */
  public enum Fate {
    /** Nobody has looked yet: not sent again until the row or the definition changes. */
    OPEN,
    /** Send it again. */
    RETRY,
    /** As open, but off the list. */
    DROP
  }

  /** Rejects of one destination as committed that keep their rows from being sent. */
  Dataset<Row> blocking(String destination) {
    return table(REJECTS, REJECTS_TYPE, destination).where("fate <> 'RETRY'");
  }

  /** Rejects of one destination as committed that wait for someone, oldest first. */
  public Dataset<Row> openRejects(String destination) {
    return table(REJECTS, REJECTS_TYPE, destination)
        .where("fate <> 'DROP'")
        .orderBy("first_at", "lead_id");
  }

  /**
   * Notes what someone decided; the caller commits.
   *
   * @param leads which; empty for all
   * @return how many rejects that was
   */
  public long decide(String destination, List<String> leads, Fate fate) {
    if (!state.exists(REJECTS)) {
      return 0;
    }
    Column meant = col("destination").equalTo(destination);
    if (!leads.isEmpty()) {
      meant = meant.and(col("lead_id").isin(leads.toArray()));
    }
    long rows = state.current(REJECTS).where(meant).count();
    if (rows > 0) {
      state.overwrite(
          REJECTS,
          state
              .current(REJECTS)
              .withColumn("fate", when(meant, lit(fate.name())).otherwise(col("fate"))));
    }
    return rows;
  }

  /** How many records of a destination the ledger knows. */
  public long size(String destination) {
    return state.committed(LEDGER).isEmpty() ? 0 : ledger(destination).count();
  }

  /** Which lead has which record; read when first asked. */
  public RecordOwners owners(String destination) {
    if (state.committed(LEDGER).isEmpty()) {
      return RecordOwners.NONE;
    }
    return new RecordOwners() {
      private @Nullable Map<String, String> owners;

      @Override
      public synchronized @Nullable String ownerOf(String recordId) {
        if (owners == null) {
          owners = new HashMap<>();
          // Only leads that are still wanted: who was merged away leaves his record to the other.
          ledger(destination)
              .join(spark.table("leads").select("lead_id"), "lead_id")
              .select("record_id", "lead_id")
              .toLocalIterator()
              .forEachRemaining(row -> owners.put(row.getString(0), row.getString(1)));
        }
        return owners.get(recordId);
      }
    };
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
   * @param planFile rows that were to be sent
   * @param learnedFile rows that needed no write: what was read of the CRM is kept
   * @param outboxDirectory what became of them
   * @param now stands as the moment at which the learned rows were seen
   * @return rows that were rejected and were not before
   */
  public long fold(
      String destination,
      String runId,
      String definition,
      String planFile,
      String learnedFile,
      String outboxDirectory,
      Instant now) {
    Dataset<Row> plan = spark.read().schema(PLAN_ROW).json(planFile);
    Dataset<Row> learned = spark.read().schema(PLAN_ROW).json(learnedFile);
    Dataset<Row> both =
        plan.withColumnRenamed("record_id", "planned_record_id")
            .join(outcomes(outboxDirectory), "seq")
            .withColumn("destination", lit(destination))
            .withColumn("run_id", lit(runId))
            .withColumn("definition", lit(definition))
            .withColumn("lead_id", col("key"))
            .persist();
    try {
      foldAcknowledged(
          both.where(col("outcome").equalTo("written"))
              .select(ledgerColumns("record_id", "not_applied", "at"))
              .unionByName(
                  learned
                      .withColumn("destination", lit(destination))
                      .withColumn("run_id", lit(runId))
                      .withColumn("lead_id", col("key"))
                      .withColumn("not_applied", expr("CAST(NULL AS MAP<STRING, STRING>)"))
                      .withColumn("at", lit(now))
                      .select(ledgerColumns("record_id", "not_applied", "at"))));
      return foldRejected(destination, both);
    } finally {
      both.unpersist();
    }
  }

  /** A crash can leave a torn line, read as nulls; a row sent twice has two lines. */
  private Dataset<Row> outcomes(String directory) {
    try {
      spark
          .read()
          .schema(OUTCOME)
          .json(directory)
          .where("seq IS NOT NULL AND at IS NOT NULL")
          .createOrReplaceTempView("ripen_outcomes");
    } catch (Exception e) {
      // Nothing was to be sent: there is no outbox.
      if (!String.valueOf(e.getMessage()).contains("PATH_NOT_FOUND")) {
        throw e;
      }
      spark.createDataFrame(List.of(), OUTCOME).createOrReplaceTempView("ripen_outcomes");
    }
    return spark.sql(
        "SELECT o.* FROM (SELECT seq, max_by(struct(*), at) AS o FROM ripen_outcomes GROUP BY"
            + " seq)");
  }

  private static Column[] ledgerColumns(String recordId, String notApplied, String at) {
    return new Column[] {
      col("destination"),
      col("lead_id"),
      col(recordId).as("record_id"),
      expr("map_concat(map_filter(after.fields, (k, v) -> NOT coalesce(map_contains_key("
              + notApplied
              + ", k), false)), coalesce("
              + notApplied
              + ", CAST(map() AS MAP<STRING, STRING>)))")
          .as("fields"),
      col("after.is_mql").as("is_mql"),
      col("after.level").as("level"),
      col("after.episode_mql_at").as("episode_mql_at"),
      col(at).as("acknowledged_at"),
      col("run_id")
    };
  }

  private void foldAcknowledged(Dataset<Row> rows) {
    if (!rows.isEmpty()) {
      state.upsert(LEDGER, rows, List.of("destination", "lead_id"));
    }
  }

  private long foldRejected(String destination, Dataset<Row> both) {
    Dataset<Row> rejected = both.where(col("outcome").equalTo("rejected"));
    boolean none = rejected.isEmpty();
    if (none && !state.exists(REJECTS)) {
      return 0;
    }
    Dataset<Row> before =
        (state.exists(REJECTS)
                ? state.current(REJECTS)
                : spark.createDataFrame(List.of(), REJECTS_TYPE))
            .persist();
    try {
      if (none && before.where(col("destination").equalTo(destination)).isEmpty()) {
        return 0;
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
                coalesce(b.first_at, r.at) AS first_at, r.at AS last_at, r.run_id, 'OPEN' AS fate
              FROM ripen_rejected AS r
              LEFT JOIN ripen_rejects_before AS b ON b.destination = r.destination AND b.lead_id = r.lead_id
              """);
      long fresh =
          spark
              .sql(
                  """
                  SELECT count(*) FROM ripen_rejected AS r
                  LEFT ANTI JOIN ripen_rejects_before AS b
                    ON b.destination = r.destination AND b.lead_id = r.lead_id AND b.first_at < r.at
                    AND (b.run_id <> r.run_id OR b.attempts > 1)
                  """)
              .head()
              .getLong(0);
      state.overwrite(REJECTS, after);
      return fresh;
    } finally {
      before.unpersist();
    }
  }
}
