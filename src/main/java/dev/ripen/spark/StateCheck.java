package dev.ripen.spark;

import dev.ripen.history.RunRecord;
import dev.ripen.problem.ProblemException;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Looks whether the tables of a state are as the last commit has them: their logs can be read, and
 * every file that they name is there in its length. Opens no data file and needs no Spark.
 */
final class StateCheck {
  private final StateLog log;
  private final Configuration hadoop;

  StateCheck(StateLog log, Configuration hadoop) {
    this.log = log;
    this.hadoop = hadoop;
  }

  /**
   * Makes sure that they are.
   *
   * @throws ProblemException {@code STATE_DAMAGED} with every table that is not
   */
  void require() {
    List<StateDamage> damages = damages();
    if (!damages.isEmpty()) {
      throw StateDamage.problem(log.path(), damages, null);
    }
  }

  /** Every table that is not. */
  List<StateDamage> damages() {
    List<String> tables = new ArrayList<>(List.of(StateLog.RUNS));
    tables.addAll(Pipeline.tables());
    return tables.parallelStream().flatMap(table -> damage(table).stream()).toList();
  }

  private Optional<StateDamage> damage(String table) {
    Optional<Long> committed =
        log.lastCommit()
            .map(RunRecord::tableVersions)
            .flatMap(versions -> Optional.ofNullable(versions.get(table)));
    try {
      OptionalLong newest = log.logs().newestVersion(log.location(table));
      if (newest.isEmpty()) {
        return committed.map(version -> new StateDamage(table, "its log is gone"));
      }
      if (table.equals(StateLog.RUNS)) {
        return damagedFile(table, newest.getAsLong());
      }
      if (committed.isEmpty()) {
        return Optional.empty();
      }
      return newest.getAsLong() < committed.get()
          ? Optional.of(
              new StateDamage(
                  table,
                  "its log ends with version "
                      + newest.getAsLong()
                      + ", the last run left "
                      + committed.get()))
          : damagedFile(table, committed.get());
    } catch (RuntimeException e) {
      Optional<StateDamage> damage = StateDamage.behind(table, "its log cannot be read", e);
      if (damage.isEmpty()) {
        throw e;
      }
      return damage;
    }
  }

  private Optional<StateDamage> damagedFile(String table, long version) {
    String location = log.location(table);
    List<FileStatus> named = log.logs().files(log.logs().at(location, version));
    return wrong(location, named, hadoop).entrySet().stream()
        .findFirst()
        .map(first -> new StateDamage(table, first.getValue()));
  }

  /** What is wrong with some of a table's files, by their paths. */
  static Map<String, String> wrong(String location, List<FileStatus> named, Configuration hadoop) {
    Map<String, String> wrong = new java.util.TreeMap<>();
    try {
      FileSystem files = new Path(location).getFileSystem(hadoop);
      Map<String, Long> there = named.isEmpty() ? Map.of() : lengths(files, location, named);
      for (FileStatus file : named) {
        Long length = there.get(new Path(file.getPath()).toUri().getPath());
        if (length == null) {
          wrong.put(file.getPath(), "its file " + file.getPath() + " is gone");
        } else if (length != file.getSize()) {
          wrong.put(
              file.getPath(),
              "its file " + file.getPath() + " has " + length + " of " + file.getSize() + " bytes");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at the files under " + location, e);
    }
    return wrong;
  }

  /** By path. One question per file is quick on a disk; a store is asked for a thousand at once. */
  private static Map<String, Long> lengths(
      FileSystem files, String location, List<FileStatus> named) throws IOException {
    Map<String, Long> lengths = new HashMap<>();
    if (files.getScheme().equals("file")) {
      for (FileStatus file : named) {
        Path path = new Path(file.getPath());
        try {
          lengths.put(path.toUri().getPath(), files.getFileStatus(path).getLen());
        } catch (FileNotFoundException e) {
          // It stays absent.
        }
      }
      return lengths;
    }
    RemoteIterator<LocatedFileStatus> all = files.listFiles(new Path(location), true);
    while (all.hasNext()) {
      LocatedFileStatus file = all.next();
      lengths.put(file.getPath().toUri().getPath(), file.getLen());
    }
    return lengths;
  }
}
