package dev.ripen.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code deferred}: leads whose planned rows were not sent, and since when they wait. The
 * next plan begins with those who wait longest.
 */
final class DeferredTable {
  static final String TABLE = "deferred";

  private static final StructType TYPE =
      new StructType()
          .add("destination", DataTypes.StringType)
          .add("lead_id", DataTypes.StringType)
          .add("since", DataTypes.TimestampType)
          .add("run_id", DataTypes.StringType);

  private final StateTables state;

  DeferredTable(StateTables state) {
    this.state = state;
  }

  /** Who waits, as committed. */
  Dataset<Row> waiting(String destination) {
    return state.committedOrEmpty(TABLE, TYPE).where(col("destination").equalTo(destination));
  }

  /** Who waits from now on: those of the plan without an outcome, each since the first time. */
  void fold(
      String destination, String runId, Dataset<Row> plan, Dataset<Row> decided, Instant now) {
    Dataset<Row> open =
        plan.select(col("seq"), col("key").as("lead_id"))
            .join(
                decided.select(col("seq").as("decided_seq")),
                col("seq").equalTo(col("decided_seq")),
                "left_anti")
            .select("lead_id");
    boolean exists = state.exists(TABLE);
    if (open.isEmpty() && (!exists || state.current(TABLE).isEmpty())) {
      return;
    }
    Dataset<Row> before = state.currentOrEmpty(TABLE, TYPE).persist();
    try {
      Dataset<Row> waitedBefore =
          before
              .where(col("destination").equalTo(destination))
              .select(col("lead_id").as("waiting_lead_id"), col("since").as("since_before"));
      Dataset<Row> waiting =
          open.join(waitedBefore, col("lead_id").equalTo(col("waiting_lead_id")), "left")
              .select(
                  lit(destination).as("destination"),
                  col("lead_id"),
                  coalesce(col("since_before"), lit(now)).as("since"),
                  lit(runId).as("run_id"));
      state.overwrite(
          TABLE, before.where(col("destination").notEqual(destination)).unionByName(waiting));
    } finally {
      before.unpersist();
    }
  }
}
