package dev.ripen.spark;

import dev.ripen.history.RunRecord;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows of the table {@code runs}, as they are written; {@link StateLog} reads them. */
final class RunRows {
  static final StructType TYPE =
      new StructType()
          .add("run_id", DataTypes.StringType, false)
          .add("phase", DataTypes.StringType, false)
          .add("as_of", DataTypes.TimestampType, false)
          .add("started_at", DataTypes.TimestampType, false)
          .add("committed_at", DataTypes.TimestampType, false)
          .add("mode", DataTypes.StringType, false)
          .add("rules_version", DataTypes.StringType, false)
          .add("rules_fingerprint", DataTypes.StringType, false)
          .add("state_format", DataTypes.IntegerType, false)
          .add(
              "table_versions",
              DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType),
              false)
          .add("signal_coverage", DataTypes.StringType, false)
          .add("summary", DataTypes.StringType, false);

  private RunRows() {}

  static Row row(RunRecord r) {
    return RowFactory.create(
        r.runId(),
        r.phase().name(),
        r.asOf(),
        r.startedAt(),
        r.committedAt(),
        r.mode(),
        r.rulesVersion(),
        r.rulesFingerprint(),
        StateTables.FORMAT,
        scala.jdk.javaapi.CollectionConverters.asScala(r.tableVersions()),
        r.signalCoverage(),
        r.summary());
  }
}
