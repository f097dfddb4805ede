package dev.ripen.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.sync.RecordOwners;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code ledger}: what a CRM acknowledged, per destination and lead; and how the outcomes
 * of a plan get there, into {@link RejectsTable} and into {@link DeferredTable}.
 */
public final class LedgerTables {
  public static final String LEDGER = "ledger";

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

  private final SparkSession spark;
  private final StateTables state;

  public LedgerTables(SparkSession spark, StateTables state) {
    this.spark = spark;
    this.state = state;
  }

  /** The ledger of one destination as committed; empty before the first sync. */
  Dataset<Row> ledger(String destination) {
    return state
        .committedOrEmpty(LEDGER, LEDGER_TYPE)
        .where(col("destination").equalTo(destination));
  }

  /** How many records of a destination the ledger knows. */
  public long size(String destination) {
    return state.committed(LEDGER).isEmpty() ? 0 : ledger(destination).count();
  }

  /** Which leads have records; asks the tables every time, so ask for many at once. */
  public RecordOwners owners(String destination) {
    return state.committed(LEDGER).isEmpty()
        ? RecordOwners.NONE
        : recordIds -> owners(destination, recordIds);
  }

  private Map<String, String> owners(String destination, Set<String> recordIds) {
    if (recordIds.isEmpty()) {
      return Map.of();
    }
    Dataset<Row> asked = column("record_id", recordIds);
    Map<String, List<String>> leads = new HashMap<>();
    for (Row row :
        ledger(destination)
            .join(broadcast(asked), "record_id")
            .select("record_id", "lead_id")
            .collectAsList()) {
      leads.computeIfAbsent(row.getString(1), lead -> new ArrayList<>()).add(row.getString(0));
    }
    // Only leads that are still wanted: who was merged away leaves his record to the other.
    Map<String, String> owners = new HashMap<>();
    for (Row row :
        spark
            .table("leads")
            .select("lead_id")
            .join(broadcast(column("lead_id", leads.keySet())), "lead_id")
            .collectAsList()) {
      leads
          .getOrDefault(row.getString(0), List.of())
          .forEach(recordId -> owners.put(recordId, row.getString(0)));
    }
    return owners;
  }

  private Dataset<Row> column(String name, Set<String> values) {
    return spark.createDataset(List.copyOf(values), Encoders.STRING()).toDF(name);
  }

  /**
   * Folds what became of a plan's rows into the three tables. The same lines folded twice change
   * nothing.
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
    Dataset<Row> plan = PlanOutcomes.rows(spark, planFile);
    Dataset<Row> learned = PlanOutcomes.rows(spark, learnedFile);
    Dataset<Row> both =
        plan.withColumnRenamed("record_id", "planned_record_id")
            .join(PlanOutcomes.outcomes(spark, outboxDirectory), "seq")
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
      new DeferredTable(state).fold(destination, runId, plan, both, now);
      return new RejectsTable(spark, state).fold(destination, both);
    } finally {
      both.unpersist();
    }
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
}
