package dev.ripen.spark;

import io.delta.tables.DeltaTable;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/** Removes what a Delta table keeps of its past. */
final class DeltaHistory {
  private static final String RETENTION_CHECK =
      "spark.databricks.delta.retentionDurationCheck.enabled";

  private DeltaHistory() {}

  static void drop(SparkSession spark, String location) {
    String before = spark.conf().get(RETENTION_CHECK, "true");
    spark.conf().set(RETENTION_CHECK, "false");
    try {
      DeltaTable.forPath(spark, location).vacuum(0);
    } finally {
      spark.conf().set(RETENTION_CHECK, before);
    }
    DeltaLog log = DeltaLog.forTable(spark, location);
    log.checkpoint(
        log.update(false, scala.Option.empty(), scala.Option.empty()), scala.Option.empty());
  }
}
