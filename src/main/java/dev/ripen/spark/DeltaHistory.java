package dev.ripen.spark;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import scala.Option;

/**
 * Removes what a Delta table keeps of its past: data files that the newest version does not have,
 * and the log before that version, whose entries hold the smallest and largest values of columns.
 */
final class DeltaHistory {
  /**
   * Vacuuming refuses to delete young files, would add a version that no run has committed, and
   * lists the files in ten thousand tasks.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.databricks.delta.retentionDurationCheck.enabled", "false",
          "spark.databricks.delta.vacuum.logging.enabled", "false",
          "spark.sql.sources.parallelPartitionDiscovery.parallelism", "8");

  private static final Pattern VERSION = Pattern.compile("(\\d{20})\\..*");

  private DeltaHistory() {}

  static void drop(SparkSession spark, String location) {
    TemporarySettings.with(spark, SETTINGS, () -> DeltaTable.forPath(spark, location).vacuum(0));
    DeltaLog log = DeltaLog.forTable(spark, location);
    Snapshot newest = log.update(false, Option.empty(), Option.empty());
    log.checkpoint(newest, Option.empty());
    try {
      dropLogBefore(log.logPath(), newest.version(), spark);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the old log of " + location, e);
    }
  }

  /** The newest version needs its checkpoint and its own entry only. */
  private static void dropLogBefore(Path logPath, long version, SparkSession spark)
      throws IOException {
    FileSystem files = logPath.getFileSystem(spark.sessionState().newHadoopConf());
    for (FileStatus file : files.listStatus(logPath)) {
      // Checksum files of the local file system begin with a dot.
      Matcher name = VERSION.matcher(file.getPath().getName().replaceFirst("^\\.", ""));
      if (name.matches() && Long.parseLong(name.group(1)) < version) {
        files.delete(file.getPath(), false);
      }
    }
  }
}
