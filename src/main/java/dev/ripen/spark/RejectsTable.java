package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table {@code rejects}: rows that a CRM refused, one per destination and lead. */
public final class RejectsTable {
  static final String TABLE = "rejects";

  static final StructType TYPE =
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

  private final SparkSession spark;
  private final StateTables state;

  public RejectsTable(SparkSession spark, StateTables state) {
    this.spark = spark;
    this.state = state;
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
    return committed(destination).where("fate <> 'RETRY'");
  }

  /** Rejects of one destination as committed that wait for someone, oldest first. */
  public Dataset<Row> open(String destination) {
    return committed(destination).where("fate <> 'DROP'").orderBy("first_at", "lead_id");
  }

  /**
   * Notes what someone decided; the caller commits.
   *
   * @param leads which; empty for all
   * @return how many rejects that was
   */
  public long decide(String destination, List<String> leads, Fate fate) {
    if (!state.exists(TABLE)) {
      return 0;
    }
    Column meant = col("destination").equalTo(destination);
    if (!leads.isEmpty()) {
      meant = meant.and(col("lead_id").isin(leads.toArray()));
    }
    long rows = state.current(TABLE).where(meant).count();
    if (rows > 0) {
      state.overwrite(
          TABLE,
          state
              .current(TABLE)
              .withColumn("fate", when(meant, lit(fate.name())).otherwise(col("fate"))));
    }
    return rows;
  }

  private Dataset<Row> committed(String destination) {
    return state.committedOrEmpty(TABLE, TYPE).where(col("destination").equalTo(destination));
  }

  /**
   * Takes over what became of a plan's rows; the same rows taken over twice change nothing.
   *
   * @param both rows of a plan that the CRM has decided, see {@link PlanOutcomes}
   * @return rows that were rejected and were not before
   */
  long fold(String destination, Dataset<Row> both) {
    Dataset<Row> rejected = both.where(col("outcome").equalTo("rejected"));
    boolean none = rejected.isEmpty();
    if (none && !state.exists(TABLE)) {
      return 0;
    }
    Dataset<Row> before = state.currentOrEmpty(TABLE, TYPE).persist();
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
      state.overwrite(TABLE, after);
      return fresh;
    } finally {
      before.unpersist();
    }
  }
}
