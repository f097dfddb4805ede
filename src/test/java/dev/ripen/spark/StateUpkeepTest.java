package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.history.RunRecord;
import dev.ripen.spark.StateUpkeep.Done;
import dev.ripen.spark.StateUpkeep.Limits;
import dev.ripen.testing.ObjectFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of thirteen days leave tables behind; a month later most of that may go. */
@Tag("spark")
final class StateUpkeepTest {
  private static final int COMMITS = 13;

  /** The commit of day 11 was in force when the retention begins. */
  private static final Duration RETENTION = Duration.ofDays(29);

  /** Its version is the tenth after the first: every tenth has a checkpoint. */
  private static final int FIRST_KEPT = 11;

  /** Files are as old as the disk says: a clock of our own would not fit. */
  private final Instant start = Instant.now();

  private final Instant later = start.plus(Duration.ofDays(40));
  private final SparkSession spark = SparkTestSession.create();
  @TempDir Path directory;
  private String path = "";

  @BeforeEach
  void placeState() {
    path = directory.resolve("state").toString();
  }

  @AfterEach
  void powerIsBack() {
    ObjectFileSystem.mend();
  }

  @Test
  void removesWhatNoCommitWithinTheRetentionNeedsFileByFile() throws IOException {
    overwriteEachDay();
    assertThat(dataFiles("leads")).hasSize(COMMITS + 1);

    int runs = 0;
    long removed = 0;
    while (true) {
      // As if every run were killed after its first file.
      Done done = upkeep(1).run(later);
      assertKept();
      if (done.nothing()) {
        break;
      }
      removed += done.removedFiles();
      runs++;
    }

    assertThat(runs).isEqualTo((int) removed).isGreaterThan(COMMITS);
    assertThat(dataFiles("leads"))
        .as("of three commits, and of a run that has not committed and may go on")
        .hasSize(COMMITS - FIRST_KEPT + 1 + 1);
    assertThatThrownBy(() -> leads(1)).hasMessageContaining("STATE_DAMAGED");
    StateTables after = state();
    assertThat(after.committed("leads").orElseThrow().first().getInt(0)).isEqualTo(COMMITS);
    after.log().requireWhole();
    after.overwrite("leads", rows("99"));
    assertThat(after.current("leads").first().getInt(0)).isEqualTo(99);
  }

  @Test
  void removesNothingWithinTheRetentionAndNothingYoung() throws IOException {
    overwriteEachDay();
    List<Path> before = dataFiles("leads");

    new StateUpkeep(spark, state(), new Limits(Duration.ofDays(365), 1_000, 1_000)).run(later);
    assertThat(leads(1)).containsExactly("[1]");
    Files.createFile(directory.resolve("state/leads/part-00000-of-a-writer.snappy.parquet"));
    upkeep(1_000).run(Instant.now());

    assertThat(dataFiles("leads")).containsAll(before).hasSize(before.size() + 1);
  }

  @Test
  void mergesSmallFilesOfTablesThatGrow() throws IOException {
    append();
    List<String> before = changesAndSignals();
    StateTables state = state();

    Done done = new StateUpkeep(spark, state, limits(1_000)).run(Instant.now());

    assertThat(done.mergedTables()).containsExactly("score_changes", "signals");
    assertThat(done.needsCommit()).isTrue();
    assertThat(changesAndSignals()).as("what was committed").isEqualTo(before);
    state.commit(state.lastCommit().orElseThrow().again(Instant.now()), Pipeline.tables());
    assertThat(changesAndSignals()).isEqualTo(before);
    assertThat(files("score_changes")).isEqualTo(1);
    assertThat(files("signals")).isEqualTo(2);
    assertThat(new StateUpkeep(spark, state(), limits(1_000)).run(Instant.now()).nothing())
        .isTrue();
  }

  /** Neither half a merge nor one that is not committed counts. */
  @Test
  void losesNothingWhenThePowerIsCutWhileItMerges() throws IOException {
    path = ObjectFileSystem.pathOf(directory.resolve("bucket"));
    append();
    List<String> before = changesAndSignals();

    for (String write : List.of("put .*/signals/event.*", "put .*/signals/_delta_log/.*json")) {
      ObjectFileSystem.cutBefore(done -> done.matches(write));
      assertThatThrownBy(() -> upkeep(1_000).run(Instant.now())).isNotNull();
      assertThat(ObjectFileSystem.isCut()).isTrue();
      ObjectFileSystem.mend();
      state().log().requireWhole();
      assertThat(changesAndSignals()).isEqualTo(before);
      state().restoreCommitted(Pipeline.tables());
    }
    assertThat(upkeep(1_000).run(Instant.now()).mergedTables()).contains("signals");
    state().restoreCommitted(Pipeline.tables());
    assertThat(changesAndSignals()).isEqualTo(before);
    assertThat(upkeep(1_000).run(later).removedFiles()).isPositive();
    assertThat(changesAndSignals()).isEqualTo(before);
  }

  private void overwriteEachDay() {
    StateTables state = state();
    for (int day = 1; day <= COMMITS; day++) {
      state.overwrite("leads", rows("" + day));
      commit(state, start.plus(Duration.ofDays(day)));
    }
    // A run that has died.
    state.overwrite("leads", rows("77"));
  }

  private void append() {
    StateTables state = state();
    Dataset<Row> many = spark.range(0, 50).selectExpr("id", "id % 2 = 0 AS odd").repartition(25);
    state.append("score_changes", many);
    state.overwrite(
        "signals",
        spark
            .range(0, 60)
            .repartition(12)
            .selectExpr("id", "date_add(DATE'2026-11-01', CAST(id % 2 AS INT)) AS event_day"),
        "event_day");
    commit(state, Instant.now());
  }

  private void assertKept() {
    for (int day = FIRST_KEPT; day <= COMMITS; day++) {
      assertThat(leads(day)).containsExactly("[" + day + "]");
    }
  }

  private List<String> leads(int day) {
    StateTables state = state();
    return texts(state.committed("leads", state.commits().get(day - 1)).orElseThrow());
  }

  private List<String> changesAndSignals() {
    StateTables state = state();
    List<String> all = new ArrayList<>(texts(state.committed("score_changes").orElseThrow()));
    all.addAll(texts(state.committed("signals").orElseThrow()));
    return all;
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private int files(String table) {
    StateLog log = state().log();
    long version = log.lastCommit().orElseThrow().tableVersions().get(table);
    return log.logs().files(log.logs().at(log.location(table), version)).size();
  }

  private List<Path> dataFiles(String table) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("state").resolve(table))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private StateUpkeep upkeep(int files) {
    return new StateUpkeep(spark, state(), limits(files));
  }

  private static Limits limits(int files) {
    return new Limits(RETENTION, 1_000_000, files);
  }

  private StateTables state() {
    return new StateTables(spark, path);
  }

  private Dataset<Row> rows(String values) {
    return spark.sql("SELECT * FROM VALUES (" + values + ") AS t(id)").coalesce(1);
  }

  private static void commit(StateTables state, Instant at) {
    state.commit(
        new RunRecord(
            "run " + at, RunRecord.Phase.DONE, at, at, at, "shadow", "1", "f", Map.of(), "", "{}"),
        Pipeline.tables());
  }
}
