package dev.ripen.spark;

import dev.ripen.config.DefinitionVersions.Kept;
import dev.ripen.history.RunRecord;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.util.VectorUtils;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What runs have committed to a state, and by which definitions they scored. Needs no session of
 * Spark, so that commands need not wait for one to learn it. Not thread-safe.
 */
public final class StateLog {
  static final String RUNS = "runs";

  private final String path;
  private final DeltaLogs logs;
  private final Configuration hadoop;
  private List<RunRecord> commits = List.of();

  private StateLog(String path, DeltaLogs logs, Configuration hadoop) {
    this.path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.logs = logs;
    this.hadoop = hadoop;
  }

  /**
   * Before Spark has started.
   *
   * @param path of the state, with or without a scheme
   * @param settings of the project, {@code spark.*}: those of Hadoop are among them
   * @throws ProblemException {@code STATE_NEWER}, {@code STATE_DAMAGED}
   */
  public static StateLog read(String path, Map<String, String> settings) {
    return read(path, RemoteState.hadoop(settings));
  }

  /**
   * With the settings that a session has.
   *
   * @throws ProblemException {@code STATE_NEWER}, {@code STATE_DAMAGED}
   */
  static StateLog read(String path, Configuration hadoop) {
    StateLog log = new StateLog(path, new DeltaLogs(hadoop), hadoop);
    log.commits = log.reading(RUNS, log::readCommits);
    return log;
  }

  /** As if no run had been. */
  static StateLog withoutCommits(String path, Configuration hadoop) {
    return new StateLog(path, new DeltaLogs(hadoop), hadoop);
  }

  /** All commits, oldest first; several per run. */
  public List<RunRecord> commits() {
    return commits;
  }

  /** The newest commit. */
  public Optional<RunRecord> lastCommit() {
    return commits.isEmpty() ? Optional.empty() : Optional.of(commits.get(commits.size() - 1));
  }

  /** Adds what the caller has committed. */
  void add(RunRecord commit) {
    List<RunRecord> all = new ArrayList<>(commits);
    all.add(commit);
    commits = List.copyOf(all);
  }

  /**
   * Makes sure that every table can be read as the last commit has it.
   *
   * @throws ProblemException {@code STATE_DAMAGED} with all that cannot
   */
  public void requireWhole() {
    new StateCheck(this, hadoop).require();
  }

  /** The tables that cannot be read as the last commit has them; data files are not opened. */
  List<StateDamage> damages() {
    return new StateCheck(this, hadoop).damages();
  }

  /** Reads something of a table; what is wrong with it becomes a problem. */
  <T> T reading(String table, Supplier<T> action) {
    try {
      return action.get();
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException e) {
      Optional<StateDamage> damage = StateDamage.behind(table, "it cannot be read", e);
      throw damage.<RuntimeException>map(d -> StateDamage.problem(path, List.of(d), e)).orElse(e);
    }
  }

  /** Definitions that committed runs have kept, in their order. */
  List<Kept> definitions() {
    return reading(DefinitionsTable.TABLE, this::readDefinitions);
  }

  private List<Kept> readDefinitions() {
    return lastCommit().stream()
        .flatMap(commit -> Stream.ofNullable(commit.tableVersions().get(DefinitionsTable.TABLE)))
        .flatMap(version -> logs.rows(at(DefinitionsTable.TABLE, version)).stream())
        .map(Fields::new)
        .sorted(
            Comparator.comparing((Fields row) -> row.instant("first_as_of"))
                .thenComparing(row -> row.text("run_id")))
        .map(StateLog::definition)
        .toList();
  }

  private Snapshot at(String table, long version) {
    return logs.at(location(table), version);
  }

  DeltaLogs logs() {
    return logs;
  }

  String path() {
    return path;
  }

  String location(String table) {
    return path + "/" + table;
  }

  private List<RunRecord> readCommits() {
    String location = location(RUNS);
    OptionalLong version = logs.newestVersion(location);
    if (version.isEmpty()) {
      requireNothingCommitted();
      return List.of();
    }
    List<Fields> rows =
        logs.rows(logs.at(location, version.getAsLong())).stream().map(Fields::new).toList();
    rows.forEach(StateLog::refuseNewer);
    return rows.stream()
        .map(StateLog::commit)
        .sorted(Comparator.comparing(RunRecord::committedAt).thenComparing(RunRecord::phase))
        .toList();
  }

  /** Without its commits every table would count as what a dead run has left, and be emptied. */
  private void requireNothingCommitted() {
    try {
      Path runs = new Path(location(RUNS));
      FileSystem files = runs.getFileSystem(hadoop);
      boolean ledger = files.exists(new Path(location(LedgerTables.LEDGER), "_delta_log"));
      // One file may be that of a first run that died while it committed.
      if (ledger || (files.exists(runs) && files.listStatus(runs).length > 1)) {
        throw StateDamage.problem(
            path, List.of(new StateDamage(RUNS, "its log is gone, other tables are there")), null);
      }
    } catch (IOException e) {
      throw RemoteState.unavailable(path, e);
    }
  }

  private static void refuseNewer(Fields row) {
    int format = row.number("state_format");
    if (format > StateTables.FORMAT) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.STATE_NEWER,
              "the state was written by a newer ripen (format "
                  + format
                  + ", this one knows "
                  + StateTables.FORMAT
                  + ")",
              "use that ripen, or point state.path to another place"));
    }
  }

  private static RunRecord commit(Fields row) {
    return new RunRecord(
        row.text("run_id"),
        RunRecord.Phase.valueOf(row.text("phase")),
        row.instant("as_of"),
        row.instant("started_at"),
        row.instant("committed_at"),
        row.text("mode"),
        row.text("rules_version"),
        row.text("rules_fingerprint"),
        row.longs("table_versions"),
        row.text("signal_coverage"),
        row.text("summary"));
  }

  private static Kept definition(Fields row) {
    return new Kept(
        row.text("fingerprint"),
        row.text("version"),
        row.text("text"),
        // An earlier ripen let every definition judge all time, and kept no column for it.
        row.has("effective_from") ? Optional.of(row.instant("effective_from")) : Optional.empty(),
        row.instant("first_as_of"));
  }

  /** A row by the names of its columns. */
  private record Fields(Row row) {
    boolean has(String column) {
      int index = row.getSchema().indexOf(column);
      return index >= 0 && !row.isNullAt(index);
    }

    String text(String column) {
      return row.getString(index(column));
    }

    int number(String column) {
      return row.getInt(index(column));
    }

    Instant instant(String column) {
      return Instant.EPOCH.plus(row.getLong(index(column)), ChronoUnit.MICROS);
    }

    Map<String, Long> longs(String column) {
      return new HashMap<>(VectorUtils.<String, Long>toJavaMap(row.getMap(index(column))));
    }

    private int index(String column) {
      return row.getSchema().indexOf(column);
    }
  }
}
