package dev.ripen.spark;

import io.delta.kernel.Snapshot;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * What of a damaged table can still be read. A table that runs write whole is best as an older
 * version had it; of one that grows, every file counts.
 *
 * @param snapshot the version that it is of; null if no log can be read: then the files are all
 *     that are there
 * @param files that can be read
 * @param lost files of that version that cannot
 */
record Salvage(@Nullable Snapshot snapshot, List<FileStatus> files, int lost) {

  /**
   * Tables to which runs add, and of which nothing can be made again, with what tells rows apart.
   */
  static final Map<String, List<String>> GROWING =
      Map.of(
          StateLog.RUNS, List.of("run_id", "phase", "committed_at"),
          Pipeline.CHANGES, List.of("lead_id", "model", "as_of", "run_id"),
          LedgerTables.LEDGER, List.of("destination", "lead_id"),
          DefinitionsTable.TABLE, List.of("run_id", "fingerprint"),
          ForgottenPeople.TABLE, List.of("hash"));

  private static final String NEWEST_FIRST = "acknowledged_at";

  /** Whether all of a version is there. */
  boolean isWhole() {
    return snapshot != null && lost == 0;
  }

  /** The version; -1 if no log can be read. */
  long version() {
    return snapshot == null ? -1 : snapshot.getVersion();
  }

  /**
   * Looks for it.
   *
   * @param versions to be looked at, newest first
   * @param unreadable files that have their length and cannot be read
   */
  static Salvage of(
      DeltaLogs logs,
      Configuration hadoop,
      String location,
      String table,
      List<Long> versions,
      Set<String> unreadable) {
    boolean grows = GROWING.containsKey(table);
    Salvage best = null;
    for (long version : versions) {
      Optional<Salvage> found = ofVersion(logs, hadoop, location, version, unreadable);
      if (found.isPresent()) {
        best = best == null ? found.get() : best;
        if (grows || found.get().isWhole()) {
          return found.get();
        }
      }
    }
    return best != null ? best : new Salvage(null, withoutLog(hadoop, location, unreadable), 0);
  }

  private static Optional<Salvage> ofVersion(
      DeltaLogs logs, Configuration hadoop, String location, long version, Set<String> unreadable) {
    Snapshot snapshot;
    List<FileStatus> named;
    try {
      snapshot = logs.at(location, version);
      named = logs.files(snapshot);
    } catch (RuntimeException e) {
      // An older one may be readable.
      return Optional.empty();
    }
    Map<String, String> wrong = StateCheck.wrong(location, named, hadoop);
    List<FileStatus> whole =
        named.stream()
            .filter(file -> !wrong.containsKey(file.getPath()))
            .filter(file -> !unreadable.contains(file.getPath()))
            .toList();
    return Optional.of(new Salvage(snapshot, whole, named.size() - whole.size()));
  }

  private static List<FileStatus> withoutLog(
      Configuration hadoop, String location, Set<String> unreadable) {
    List<FileStatus> files = new ArrayList<>();
    Path directory = new Path(location);
    try {
      if (!directory.getFileSystem(hadoop).exists(directory)) {
        return List.of();
      }
      RemoteIterator<LocatedFileStatus> all =
          directory.getFileSystem(hadoop).listFiles(directory, true);
      while (all.hasNext()) {
        LocatedFileStatus file = all.next();
        String path = file.getPath().toString();
        if (path.endsWith(".parquet")
            && !path.contains("/_delta_log/")
            && file.getLen() > 0
            && !unreadable.contains(path)) {
          files.add(FileStatus.of(path, file.getLen(), file.getModificationTime()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at the files under " + location, e);
    }
    return files;
  }

  /** Its rows; empty if there is nothing that could be told from rows that no longer count. */
  Optional<Dataset<Row>> rows(SparkSession spark, String table) {
    if (snapshot != null) {
      return Optional.of(DeltaDataset.of(spark, snapshot, files));
    }
    List<String> key = GROWING.get(table);
    if (key == null || files.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> all =
        spark
            .read()
            .option("mergeSchema", "true")
            .parquet(files.stream().map(FileStatus::getPath).toArray(String[]::new));
    if (!List.of(all.columns()).contains(NEWEST_FIRST)) {
      return Optional.of(all.dropDuplicates(key.toArray(String[]::new)));
    }
    all.createOrReplaceTempView("ripen_salvaged");
    return Optional.of(
        spark.sql(
            "SELECT newest.* FROM (SELECT max_by(struct(*), "
                + NEWEST_FIRST
                + ") AS newest FROM ripen_salvaged GROUP BY "
                + String.join(", ", key)
                + ")"));
  }
}
