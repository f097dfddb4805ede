package dev.ripen.spark;

import dev.ripen.history.RunRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The state's tables as they were at an instant: as the newest run up to it left them. Before the
 * first run they are as that one read them, since what it found had happened before. Where the
 * state no longer keeps a version, the table is as it is today. Safe for several threads.
 */
final class KnownThen {
  private final StateTables state;
  private final @Nullable RunRecord commit;
  private final boolean isBeforeFirstRun;
  private final Map<String, Optional<Dataset<Row>>> loaded = new ConcurrentHashMap<>();
  private volatile boolean isTooOld;

  private KnownThen(StateTables state, @Nullable RunRecord commit, boolean isBeforeFirstRun) {
    this.state = state;
    this.commit = commit;
    this.isBeforeFirstRun = isBeforeFirstRun;
  }

  static KnownThen at(StateTables state, Instant asOf) {
    RunRecord newest = null;
    RunRecord first = null;
    for (RunRecord commit : state.commits()) {
      if (!commit.asOf().isAfter(asOf)) {
        newest = commit;
      }
      if (first == null && commit.tableVersions().containsKey(Pipeline.LEADS)) {
        first = commit;
      }
    }
    boolean known = newest != null && newest.tableVersions().containsKey(Pipeline.LEADS);
    return known ? new KnownThen(state, newest, false) : new KnownThen(state, first, true);
  }

  /** The run whose knowledge this is. */
  Optional<RunRecord> run() {
    return Optional.ofNullable(commit);
  }

  /** Whether no run had been at that instant; then no CRM had been told anything. */
  boolean isBeforeFirstRun() {
    return isBeforeFirstRun;
  }

  /** Whether a table that was asked for is younger than it should be. */
  boolean isTooOld() {
    return isTooOld;
  }

  /** Empty if that run had no such table. */
  Optional<Dataset<Row>> table(String name) {
    return loaded.computeIfAbsent(name, this::load);
  }

  private Optional<Dataset<Row>> load(String name) {
    if (commit == null) {
      return Optional.empty();
    }
    if (isMadeAnewSince(name, commit)) {
      isTooOld = true;
      return state.committed(name);
    }
    try {
      return state.committed(name, commit);
    } catch (RuntimeException e) {
      if (commit.equals(state.lastCommit().orElse(null))) {
        throw e;
      }
      // Beyond the retention of the state.
      isTooOld = true;
      return state.committed(name);
    }
  }

  /** After a repair a table's versions begin anew: an old number is another table now. */
  private boolean isMadeAnewSince(String name, RunRecord run) {
    List<RunRecord> commits = state.commits();
    long version = run.tableVersions().getOrDefault(name, -1L);
    return commits.subList(commits.indexOf(run) + 1, commits.size()).stream()
        .map(later -> later.tableVersions().get(name))
        .anyMatch(later -> later != null && later < version);
  }

  /** Earlier versions of a table up to that run, newest first, without the run's own. */
  List<Dataset<Row>> earlier(String name, int most) {
    if (commit == null) {
      return List.of();
    }
    Map<Long, RunRecord> byVersion = new TreeMap<>(Comparator.reverseOrder());
    for (RunRecord run : state.commits()) {
      Long version = run.tableVersions().get(name);
      if (version != null && !run.committedAt().isAfter(commit.committedAt())) {
        byVersion.putIfAbsent(version, run);
      }
    }
    byVersion.remove(commit.tableVersions().getOrDefault(name, -1L));
    return byVersion.values().stream()
        .limit(most)
        .filter(run -> !isMadeAnewSince(name, run))
        .flatMap(run -> kept(name, run).stream())
        .toList();
  }

  private Optional<Dataset<Row>> kept(String name, RunRecord run) {
    try {
      return state.committed(name, run);
    } catch (RuntimeException e) {
      // Beyond the retention of the state.
      return Optional.empty();
    }
  }
}
