package dev.ripen.spark;

import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;

/** Counts what this process reads of files, sources and state alike. Databases are not in it. */
public final class HadoopTraffic {
  private HadoopTraffic() {}

  /** Whether all reading is done by this process: on a cluster, executors count their own. */
  public static boolean isAllHere(SparkSession spark) {
    return spark.sparkContext().isLocal();
  }

  /** Bytes since the process began, of all threads. */
  @SuppressWarnings("deprecation") // The newer counters are those of some file systems only.
  public static long bytesRead() {
    return FileSystem.getAllStatistics().stream()
        .mapToLong(FileSystem.Statistics::getBytesRead)
        .sum();
  }
}
