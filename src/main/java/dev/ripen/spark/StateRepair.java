package dev.ripen.spark;

import dev.ripen.history.RunRecord;
import io.delta.kernel.utils.FileStatus;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * Makes damaged tables of a state readable again, from what of them can still be read. The caller
 * holds the lock. First {@link #findRuns} and {@link #mend}, since the other tables are what the
 * runs say; then {@link #find} with the state that can be opened by then.
 */
public final class StateRepair {
  /** Older ones than so many commits are not looked at. */
  private static final int MOST_VERSIONS = 20;

  private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");

  private final SparkSession spark;
  private final Configuration hadoop;
  private final String path;
  private final DeltaLogs logs;

  /**
   * @param path of the state, with or without a scheme
   */
  public StateRepair(SparkSession spark, String path) {
    this.spark = spark;
    this.path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    hadoop = spark.sessionState().newHadoopConf();
    logs = new DeltaLogs(hadoop);
  }

  /**
   * A damaged table, and what is left of it.
   *
   * @param version that is left; -1 if there is no log
   * @param isWhole whether all of that version is left
   * @param filesLeft and those that are lost
   * @param isRemade whether the next run makes it from the sources
   */
  public record Finding(
      StateDamage damage,
      long version,
      boolean isWhole,
      int filesLeft,
      int filesLost,
      boolean isRemade,
      Salvage salvage) {
    static Finding of(StateDamage damage, Salvage salvage) {
      return new Finding(
          damage,
          salvage.version(),
          salvage.isWhole(),
          salvage.files().size(),
          salvage.lost(),
          !Salvage.GROWING.containsKey(damage.table())
              && !KEPT_FOR_THE_CRM.contains(damage.table()),
          salvage);
    }

    public String table() {
      return damage.table();
    }
  }

  /** Written whole each time, and yet made of what a CRM has answered. */
  private static final Set<String> KEPT_FOR_THE_CRM =
      Set.of(RejectsTable.TABLE, DeferredTable.TABLE, AcknowledgedDates.TABLE);

  /** The table of the runs, if it is damaged. */
  public Optional<Finding> findRuns() {
    StateDamage damage;
    try {
      StateLog log = StateLog.read(path, hadoop);
      Optional<StateDamage> found =
          log.damages().stream().filter(each -> each.table().equals(StateLog.RUNS)).findFirst();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      damage = found.get();
    } catch (dev.ripen.problem.ProblemException e) {
      if (e.problems().get(0).code() != dev.ripen.problem.ErrorCode.STATE_DAMAGED) {
        throw e;
      }
      damage = StateDamage.told(e);
    }
    String location = location(StateLog.RUNS);
    List<Long> versions = versions(location);
    return Optional.of(
        Finding.of(
            damage,
            Salvage.of(
                logs,
                hadoop,
                location,
                StateLog.RUNS,
                versions,
                unreadable(location, versions.stream().findFirst()))));
  }

  /** The other tables that are damaged; reads every data file of the last commit. */
  public List<Finding> find(StateTables state) {
    List<Finding> findings = new ArrayList<>();
    List<StateDamage> known = state.log().damages();
    for (String table : Pipeline.tables()) {
      List<Long> versions = versions(state, table);
      if (versions.isEmpty()) {
        continue;
      }
      Set<String> unreadable = unreadable(location(table), versions.stream().findFirst());
      Optional<StateDamage> damage =
          known.stream()
              .filter(each -> each.table().equals(table))
              .findFirst()
              .or(
                  () ->
                      unreadable.stream()
                          .findFirst()
                          .map(
                              file ->
                                  new StateDamage(table, "its file " + file + " cannot be read")));
      damage.ifPresent(
          found ->
              findings.add(
                  Finding.of(
                      found,
                      Salvage.of(logs, hadoop, location(table), table, versions, unreadable))));
    }
    return findings;
  }

  /** Committed versions, newest first. */
  private static List<Long> versions(StateTables state, String table) {
    List<RunRecord> commits = new ArrayList<>(state.commits());
    java.util.Collections.reverse(commits);
    return commits.stream()
        .filter(commit -> commit.tableVersions().containsKey(table))
        .map(commit -> commit.tableVersions().get(table))
        .distinct()
        .limit(MOST_VERSIONS)
        .toList();
  }

  /** All versions that have an entry in the log, newest first. */
  private List<Long> versions(String location) {
    Path log = new Path(location, "_delta_log");
    try {
      FileSystem files = log.getFileSystem(hadoop);
      return files.exists(log)
          ? Arrays.stream(files.listStatus(log))
              .map(entry -> COMMIT.matcher(entry.getPath().getName()))
              .filter(Matcher::matches)
              .map(name -> Long.parseLong(name.group(1)))
              .sorted(Comparator.reverseOrder())
              .limit(MOST_VERSIONS)
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + log, e);
    }
  }

  /** Files of a version that have their length, but cannot be read to their end. */
  private Set<String> unreadable(String location, Optional<Long> version) {
    List<FileStatus> named;
    try {
      named = version.map(at -> logs.files(logs.at(location, at))).orElse(List.of());
    } catch (RuntimeException e) {
      // The log is what is damaged.
      return Set.of();
    }
    Set<String> wrong = StateCheck.wrong(location, named, hadoop).keySet();
    List<String> sound =
        named.stream().map(FileStatus::getPath).filter(file -> !wrong.contains(file)).toList();
    if (sound.isEmpty() || isReadable(sound)) {
      return Set.of();
    }
    return sound.stream()
        .filter(file -> !isReadable(List.of(file)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isReadable(List<String> files) {
    try {
      spark
          .read()
          .option("mergeSchema", "true")
          .parquet(files.toArray(String[]::new))
          .write()
          .format("noop")
          .mode(SaveMode.Overwrite)
          .save();
      return true;
    } catch (Exception e) {
      // Scala declares nothing: a SparkException that is checked arrives here too.
      return false;
    }
  }

  /** Makes a table of what is left of it; without anything that counts there is no table. */
  public void mend(Finding finding) {
    String location = location(finding.table());
    boolean hasLog = isReadable(location);
    if (!hasLog) {
      delete(new Path(location, "_delta_log"));
    }
    DeltaLog.invalidateCache(spark, new Path(location));
    if (finding.isWhole() && hasLog) {
      DeltaTable.forPath(spark, location).restoreToVersion(finding.version());
      return;
    }
    Optional<Dataset<Row>> rows = finding.salvage().rows(spark, finding.table());
    if (rows.isEmpty()) {
      delete(new Path(location));
      return;
    }
    var snapshot = finding.salvage().snapshot();
    rows.get()
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .option("overwriteSchema", "true")
        .partitionBy(
            snapshot == null
                ? new String[0]
                : snapshot.getPartitionColumnNames().toArray(String[]::new))
        .save(location);
  }

  /** Whether Delta can go on from the newest entry of a table's log. */
  private boolean isReadable(String location) {
    try {
      OptionalLong newest = logs.newestVersion(location);
      if (newest.isPresent()) {
        logs.files(logs.at(location, newest.getAsLong()));
      }
      return newest.isPresent();
    } catch (RuntimeException e) {
      return false;
    }
  }

  private void delete(Path directory) {
    try {
      directory.getFileSystem(hadoop).delete(directory, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + directory, e);
    }
  }

  /**
   * The coverage that lets the next run read everything again, as far back as the state has read.
   *
   * @param before of the last commit
   */
  public static String coverageToReadAgain(StateTables state, String before) {
    return SignalCoverage.parse(before)
        .or(() -> coverageOf(state))
        .map(SignalCoverage::forgettingRules)
        .map(SignalCoverage::toJson)
        .orElse("");
  }

  /** Without any run that could tell: the days of the signals that are left. */
  private static Optional<SignalCoverage> coverageOf(StateTables state) {
    if (!state.exists(SignalStore.TABLE)) {
      return Optional.empty();
    }
    Row days =
        state.current(SignalStore.TABLE).selectExpr("min(event_day)", "max(event_day)").head();
    return days.isNullAt(0)
        ? Optional.empty()
        : Optional.of(
            new SignalCoverage(
                days.getLocalDate(0),
                days.getLocalDate(1),
                Set.of(),
                Optional.empty(),
                Optional.of(days.getLocalDate(0))));
  }

  private String location(String table) {
    return path + "/" + table;
  }
}
