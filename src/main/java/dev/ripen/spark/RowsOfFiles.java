package dev.ripen.spark;

import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.WriteJobStatsTracker;
import org.apache.spark.sql.execution.datasources.WriteTaskStats;
import org.apache.spark.sql.execution.datasources.WriteTaskStatsTracker;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Notes where Spark's writer puts rows. Its first task makes a file even of no rows, and who reads
 * a table should not have to open that. Names of files are unique.
 */
final class RowsOfFiles implements WriteJobStatsTracker {
  private static final long serialVersionUID = 1;

  private final HashSet<String> files = new HashSet<>();

  /** Whether a file of the finished job has any rows. */
  boolean isIn(String path) {
    return files.contains(new Path(path).getName());
  }

  @Override
  public WriteTaskStatsTracker newTaskInstance() {
    return new OfTask();
  }

  /** In the driver, of the one attempt of each task that counts. */
  @Override
  public void processStats(Seq<WriteTaskStats> stats, long jobCommitTime) {
    CollectionConverters.asJava(stats).forEach(found -> files.addAll(((Found) found).files()));
  }

  private record Found(Set<String> files) implements WriteTaskStats {}

  private static final class OfTask implements WriteTaskStatsTracker {
    private final Set<String> files = new HashSet<>();
    private String current = "";

    @Override
    public void newPartition(InternalRow partitionValues) {
      // Files tell it as well.
    }

    @Override
    public void newFile(String path) {
      // It has no rows yet.
    }

    @Override
    public void closeFile(String path) {
      // What was seen stays.
    }

    @Override
    public void newRow(String path, InternalRow row) {
      if (!current.equals(path)) {
        current = path;
        files.add(new Path(path).getName());
      }
    }

    @Override
    public WriteTaskStats getFinalStats(long taskCommitTime) {
      return new Found(Set.copyOf(files));
    }
  }
}
