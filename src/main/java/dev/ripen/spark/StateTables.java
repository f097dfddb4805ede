package dev.ripen.spark;

import dev.ripen.history.RunRecord;
import dev.ripen.problem.ProblemException;
import io.delta.kernel.utils.FileStatus;
import io.delta.tables.DeltaTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The Delta tables of the state. A run writes what it likes; readers see each table at the version
 * that the newest row of {@code runs} names, so a run that dies leaves nothing behind that counts,
 * and the next one puts the tables back ({@link #restoreCommitted}). Not thread-safe; the caller
 * holds the lock of the state when it writes.
 */
public final class StateTables {
  /** Raised when older programs could no longer read the state right. */
  static final int FORMAT = 1;

  private final SparkSession spark;
  private final StateLog log;
  private final DeltaWriter writer;

  /**
   * @param path of the state, with or without a scheme
   * @throws ProblemException {@code STATE_NEWER}, {@code STATE_DAMAGED}
   */
  public StateTables(SparkSession spark, String path) {
    this(spark, StateLog.read(path, spark.sparkContext().hadoopConfiguration()));
  }

  /**
   * @param log that was read before Spark had started
   */
  public StateTables(SparkSession spark, StateLog log) {
    this.spark = spark;
    this.log = log;
    this.writer = new DeltaWriter(spark, log.logs());
  }

  /** For a state whose runs are lost: nothing is known to be committed. */
  public static StateTables withoutCommits(SparkSession spark, String path) {
    return new StateTables(
        spark, StateLog.withoutCommits(path, spark.sparkContext().hadoopConfiguration()));
  }

  /** All commits, oldest first; several per run. */
  public List<RunRecord> commits() {
    return log.commits();
  }

  /** The newest commit. */
  public Optional<RunRecord> lastCommit() {
    return log.lastCommit();
  }

  /** What was committed, without Spark. */
  StateLog log() {
    return log;
  }

  /** A table as the last commit has it. */
  public Optional<Dataset<Row>> committed(String table) {
    return lastCommit().flatMap(commit -> committed(table, commit));
  }

  /** A table as the last commit has it; without rows if there is none yet. */
  Dataset<Row> committedOrEmpty(String table, StructType type) {
    return committed(table).orElseGet(() -> spark.createDataFrame(List.of(), type));
  }

  /** A table with what this run has written; without rows if there is none yet. */
  Dataset<Row> currentOrEmpty(String table, StructType type) {
    return exists(table) ? current(table) : spark.createDataFrame(List.of(), type);
  }

  /** A table as one commit had it. */
  Optional<Dataset<Row>> committed(String table, RunRecord commit) {
    return Optional.ofNullable(commit.tableVersions().get(table))
        .map(version -> log.reading(table, () -> at(table, version)));
  }

  /** The committed version of a table; -1 before the first. */
  public long committedVersion(String table) {
    return lastCommit().map(commit -> commit.tableVersions().getOrDefault(table, -1L)).orElse(-1L);
  }

  /** A table with what this run has written. */
  public Dataset<Row> current(String table) {
    return at(table, log.logs().newestVersion(location(table)).orElseThrow());
  }

  private Dataset<Row> at(String table, long version) {
    return DeltaDataset.of(spark, log.logs(), log.logs().at(location(table), version));
  }

  /** The size of a table's files as this run has written it; 0 if there is none. */
  long bytes(String table) {
    OptionalLong newest = log.logs().newestVersion(location(table));
    return newest.isEmpty()
        ? 0
        : log.logs().files(log.logs().at(location(table), newest.getAsLong())).stream()
            .mapToLong(FileStatus::getSize)
            .sum();
  }

  /** Replaces a whole table, its columns and its partitioning. */
  public void overwrite(String table, Dataset<Row> rows, String... partitionColumns) {
    writing(
        table,
        () -> {
          if (!writer.overwrite(location(table), rows, List.of(partitionColumns))) {
            rows.write()
                .format("delta")
                .mode(SaveMode.Overwrite)
                .option("overwriteSchema", "true")
                .partitionBy(partitionColumns)
                .save(location(table));
          }
          return null;
        });
  }

  /** Adds rows. */
  public void append(String table, Dataset<Row> rows) {
    writing(
        table,
        () -> {
          if (!writer.append(location(table), rows)) {
            rows.write()
                .format("delta")
                .mode(SaveMode.Append)
                .option("mergeSchema", "true")
                .save(location(table));
          }
          return null;
        });
  }

  /**
   * Replaces the rows of some days; makes the table, partitioned by day, if there is none.
   *
   * @param rows of these days only
   */
  void replaceDays(String table, Dataset<Row> rows, SignalDays days, String dayColumn) {
    writing(
        table,
        () -> {
          if (!writer.replaceDays(location(table), rows, days, dayColumn)) {
            replace(table, rows, days.predicate(dayColumn), dayColumn);
          }
          return null;
        });
  }

  /** Replaces the rows for which a predicate holds; creates the table if there is none. */
  void replaceWhere(String table, Dataset<Row> rows, String predicate, String... partitionColumns) {
    writing(
        table,
        () -> {
          replace(table, rows, predicate, partitionColumns);
          return null;
        });
  }

  private void replace(
      String table, Dataset<Row> rows, String predicate, String... partitionColumns) {
    var delta = rows.write().format("delta").mode(SaveMode.Overwrite);
    if (exists(table)) {
      delta.option("replaceWhere", predicate).save(location(table));
    } else {
      delta.partitionBy(partitionColumns).save(location(table));
    }
  }

  /** Deletes the rows for which a predicate holds. */
  public void deleteWhere(String table, String predicate) {
    writing(
        table,
        () -> {
          DeltaTable.forPath(spark, location(table)).delete(predicate);
          return null;
        });
  }

  /**
   * Updates or inserts rows by their key columns; makes the table if there is none.
   *
   * @param rows with no key twice
   */
  public void upsert(String table, Dataset<Row> rows, List<String> keys) {
    writing(
        table,
        () -> {
          if (!writer.upsert(location(table), rows, keys)) {
            merge(table, rows, keys);
          }
          return null;
        });
  }

  private void merge(String table, Dataset<Row> rows, List<String> keys) {
    String condition =
        String.join(" AND ", keys.stream().map(key -> "old." + key + " = new." + key).toList());
    DeltaTable.forPath(spark, location(table))
        .as("old")
        .merge(rows.as("new"), condition)
        .whenMatched()
        .updateAll()
        .whenNotMatched()
        .insertAll()
        .execute();
  }

  /** Whether the table was ever written, committed or not. */
  public boolean exists(String table) {
    return log.logs().newestVersion(location(table)).isPresent();
  }

  /** Puts every table back to its committed version: what a run that died had written is gone. */
  public void restoreCommitted(List<String> tables) {
    Map<String, Long> versions = lastCommit().map(RunRecord::tableVersions).orElseGet(Map::of);
    for (String table : tables) {
      OptionalLong newest = log.logs().newestVersion(location(table));
      if (newest.isEmpty()) {
        continue;
      }
      Long committed = versions.get(table);
      if (committed == null) {
        clear(table);
      } else if (newest.getAsLong() != committed) {
        restore(table, committed);
      }
    }
  }

  private void clear(String table) {
    writing(
        table,
        () -> {
          if (!writer.clear(location(table))) {
            DeltaTable.forPath(spark, location(table)).delete();
          }
          return null;
        });
  }

  private void restore(String table, long version) {
    writing(
        table,
        () -> {
          if (!writer.restore(location(table), version)) {
            DeltaTable.forPath(spark, location(table)).restoreToVersion(version);
          }
          return null;
        });
  }

  /** Makes everything written so far count. The versions of the tables are filled in here. */
  public RunRecord commit(RunRecord record, List<String> tables) {
    Map<String, Long> versions = new TreeMap<>();
    for (String table : tables) {
      log.logs().newestVersion(location(table)).ifPresent(newest -> versions.put(table, newest));
    }
    RunRecord complete =
        new RunRecord(
            record.runId(),
            record.phase(),
            record.asOf(),
            record.startedAt(),
            record.committedAt(),
            record.mode(),
            record.rulesVersion(),
            record.rulesFingerprint(),
            versions,
            record.signalCoverage(),
            record.summary());
    append(StateLog.RUNS, spark.createDataFrame(List.of(RunRows.row(complete)), RunRows.TYPE));
    log.add(complete);
    return complete;
  }

  /**
   * Deletes everything of a table but its newest version: the files of older ones, and the log,
   * which holds the smallest and largest values of columns in clear. Whoever reads an older version
   * at this moment fails.
   */
  public void dropHistory(String table) {
    if (exists(table)) {
      writing(
          table,
          () -> {
            DeltaHistory.drop(spark, location(table));
            return null;
          });
    }
  }

  private String location(String table) {
    return log.location(table);
  }

  private void writing(String table, Supplier<@Nullable Void> action) {
    try {
      action.get();
    } catch (Exception | FSError e) {
      // Scala declares nothing: SparkException is a checked one that arrives here all the same.
      throw StateWriteErrors.of(log, table, e);
    }
  }
}
