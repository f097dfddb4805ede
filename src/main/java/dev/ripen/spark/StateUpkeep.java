package dev.ripen.spark;

import dev.ripen.spark.OldVersions.Removed;
import dev.ripen.spark.SmallFiles.DataFile;
import io.delta.kernel.utils.FileStatus;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps the tables of a state small: removes versions that nobody may ask for any more, and merges
 * the small files of tables that grow. The caller holds the lock; the tables are as the last commit
 * has them. Where nothing is due, no job of Spark starts.
 */
public final class StateUpkeep {
  /** Others are written whole, each time. */
  private static final List<String> GROWING =
      List.of(
          StateLog.RUNS,
          SignalStore.TABLE,
          Pipeline.CHANGES,
          LedgerTables.LEDGER,
          DefinitionsTable.TABLE,
          ForgottenPeople.TABLE);

  private final SparkSession spark;
  private final StateTables state;
  private final Limits limits;

  public StateUpkeep(SparkSession spark, StateTables state, Limits limits) {
    this.spark = spark;
    this.state = state;
    this.limits = limits;
  }

  /**
   * How far it goes.
   *
   * @param retention for how long commits stay readable
   * @param compactBelow bytes: smaller files are merged
   * @param files the most to remove, and the most to merge
   */
  public record Limits(Duration retention, long compactBelow, int files) {}

  /**
   * What was done.
   *
   * @param removedFiles of data and of logs
   * @param removedBytes of data
   * @param mergedTables whose small files were merged: they have a version that the caller commits
   */
  public record Done(long removedFiles, long removedBytes, Set<String> mergedTables) {
    public boolean nothing() {
      return removedFiles == 0 && mergedTables.isEmpty();
    }

    /** Whether tables have a version that no commit names yet. */
    public boolean needsCommit() {
      return mergedTables.stream().anyMatch(table -> !table.equals(StateLog.RUNS));
    }
  }

  /**
   * Does what is due.
   *
   * @throws UncheckedIOException if something could not be read or deleted; what was done until
   *     then stands
   */
  public Done run(Instant now) {
    // First, so that what merging leaves behind stays for whoever is reading it.
    Removed removed = removeOld(now);
    return new Done(removed.files(), removed.bytes(), merge());
  }

  private Removed removeOld(Instant now) {
    Map<String, Long> needed =
        Retention.oldestNeeded(state.commits(), now.minus(limits.retention()));
    Configuration hadoop = spark.sessionState().newHadoopConf();
    OldVersions old = new OldVersions(state.log().logs(), hadoop, now);
    Removed removed = Removed.NOTHING;
    String table = StateLog.RUNS;
    try {
      OptionalLong runs = old.newestOfYesterday(location(table));
      if (runs.isPresent()) {
        removed = old.remove(location(table), runs.getAsLong(), limits.files());
      }
      for (Map.Entry<String, Long> each : needed.entrySet()) {
        table = each.getKey();
        int most = (int) (limits.files() - removed.files());
        removed = removed.and(old.remove(location(table), each.getValue(), most));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove old versions of " + table, e);
    }
    return removed;
  }

  private Set<String> merge() {
    Set<String> merged = new TreeSet<>();
    for (String table : GROWING) {
      if (state.exists(table)) {
        List<String> due = SmallFiles.due(files(table), limits.compactBelow(), limits.files());
        if (!due.isEmpty()) {
          merge(table, due);
          merged.add(table);
        }
      }
    }
    return merged;
  }

  private List<DataFile> files(String table) {
    DeltaLogs logs = state.log().logs();
    long version = logs.newestVersion(location(table)).orElseThrow();
    List<DataFile> files = new ArrayList<>();
    for (FileStatus file : logs.files(logs.at(location(table), version))) {
      String[] parts = file.getPath().split("/", -1);
      String directory = parts[parts.length - 2];
      if (!directory.endsWith("=__HIVE_DEFAULT_PARTITION__")) {
        files.add(new DataFile(directory.contains("=") ? directory : "", file.getSize()));
      }
    }
    return files;
  }

  private void merge(String table, List<String> directories) {
    Map<String, String> settings =
        Map.of(
            "spark.databricks.delta.optimize.minFileSize", Long.toString(limits.compactBelow()),
            "spark.databricks.delta.optimize.maxFileSize",
                Long.toString(Math.max(limits.compactBelow(), 1) * 4));
    TemporarySettings.with(
        spark,
        settings,
        () -> {
          var optimize = DeltaTable.forPath(spark, location(table)).optimize();
          (directories.contains("") ? optimize : optimize.where(predicate(directories)))
              .executeCompaction();
        });
  }

  /** {@code event_day=2026-01-31} is how Delta calls a partition's directory. */
  private static String predicate(List<String> directories) {
    return directories.stream()
        .map(directory -> directory.replaceFirst("=", " = '") + "'")
        .collect(Collectors.joining(" OR "));
  }

  private String location(String table) {
    return state.log().location(table);
  }
}
