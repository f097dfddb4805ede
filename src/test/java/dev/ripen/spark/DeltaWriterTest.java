package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ripen.history.RunRecord;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is committed without Delta for Spark is a table to it. */
@Tag("spark")
final class DeltaWriterTest {
  private static final String TABLE = "signals";

  private final SparkSession spark = SparkTestSession.create();
  private Path table = Path.of("/nowhere");
  private StateTables state = new StateTables(spark, "/nowhere");

  @BeforeEach
  void openState(@TempDir Path directory) {
    Path path = directory.resolve("a state [of mine] 100%41 {x}");
    table = path.resolve(TABLE);
    state = new StateTables(spark, path.toString());
  }

  @Test
  void everyKindOfValueIsRead() {
    state.overwrite(
        TABLE,
        spark.sql(
            """
            SELECT 1 AS id, TRUE AS b, 2S AS s, 3L AS l, 1.5D AS d, 1.25BD AS c, 'x' AS t,
              DATE'2026-01-01' AS day, TIMESTAMP'2026-01-01 02:03:04.567891' AS at,
              X'00FF' AS bin, map('k', 1L, 'n', NULL) AS m, array(1, NULL) AS a,
              named_struct('x', 1, 'y', CAST(NULL AS STRING)) AS st, CAST(NULL AS DATE) AS none
            """));

    assertThat(rows())
        .containsExactly(
            "[1,true,2,3,1.5,1.25,x,2026-01-01,2026-01-01T02:03:04.567891Z,"
                + "[0, -1],Map(k -> 1, n -> null),ArraySeq(1, null),[1,null],null]"
                    .replace("[0, -1]", "BYTES"));
    assertThat(writers()).containsExactly("ripen");
  }

  @Test
  void partitionsHaveTheirNames() {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'a/b c%41=ü'), (2, NULL, NULL)"), "name");

    assertThat(rows()).containsExactly("[1,2026-01-01,a/b c%41=ü]", "[2,null,null]");
  }

  @Test
  void replacesColumnsAndPartitions() {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'a')"), "day");
    state.overwrite(TABLE, spark.sql("SELECT 'x' AS other, 2 AS id"));
    assertThat(rows()).containsExactly("[x,2]");
    state.overwrite(TABLE, people("(3, DATE'2026-01-03', 'c')"), "day");
    state.overwrite(TABLE, people("(4, DATE'2026-01-04', 'd')"), "day");

    assertThat(rows()).containsExactly("[4,2026-01-04,d]");
    assertThat(theirs(0)).containsExactly("[1,2026-01-01,a]");
    assertThat(theirs(1)).containsExactly("[x,2]");
    assertThat(theirs(2)).containsExactly("[3,2026-01-03,c]");
    assertThat(writers()).containsExactly("ripen", "ripen", "ripen", "ripen");
  }

  @Test
  void addsRowsInAnyOrderOfColumns() {
    state.append(TABLE, people("(1, DATE'2026-01-01', 'a')"));
    state.append(TABLE, people("(2, DATE'2026-01-02', 'b')").select("name", "id", "day"));

    assertThat(rows()).containsExactly("[1,2026-01-01,a]", "[2,2026-01-02,b]");
    assertThat(writers()).containsExactly("ripen", "ripen");
  }

  @Test
  void replacesDaysOnly() {
    SignalDays days = new SignalDays(LocalDate.parse("2026-01-03"), Set.of(LocalDate.EPOCH));
    state.replaceDays(TABLE, people("(0, DATE'1970-01-01', 'z')"), days, "day");
    state.append(TABLE, people("(1, DATE'2026-01-02', 'a'), (2, NULL, 'b')"));
    state.append(TABLE, people("(3, DATE'2026-01-03', 'c'), (4, DATE'2026-01-04', 'd')"));

    state.replaceDays(TABLE, people("(5, DATE'2026-01-04', 'e')"), days, "day");

    assertThat(rows()).containsExactly("[1,2026-01-02,a]", "[2,null,b]", "[5,2026-01-04,e]");
    assertThat(writers()).containsExactly("ripen", "ripen", "ripen", "ripen");
    assertThat(spark.read().format("delta").load(table.toString()).where(days.predicate("day")))
        .returns(1L, Dataset::count);

    assertThatThrownBy(
            () -> state.replaceDays(TABLE, people("(6, DATE'2026-01-02', 'f')"), days, "day"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("of other days than day >= '2026-01-03' OR day IN ('1970-01-01')");
    assertThat(rows()).hasSize(3);
  }

  @Test
  void aTableWithoutRowsHasColumnsAndNoFiles() {
    Dataset<Row> none = people("(1, DATE'2026-01-01', 'a')").where("id > 1");
    state.overwrite(TABLE, none);

    assertThat(rows()).isEmpty();
    assertThat(state.current(TABLE).columns()).containsExactly("id", "day", "name");
    assertThat(state.bytes(TABLE)).isZero();
    state.append(TABLE, people("(1, DATE'2026-01-01', 'a')"));
    state.append(TABLE, none);
    assertThat(rows()).containsExactly("[1,2026-01-01,a]");
  }

  @Test
  void filesOfAFailedWriteDoNotCount() throws Exception {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'a')"));
    Dataset<Row> failing =
        spark
            .range(0, 4, 1, 4)
            .selectExpr(
                "CAST(id AS INT) AS id",
                "DATE'2026-01-01' AS day",
                "IF(id < 3, 'b', raise_error('no more')) AS name");

    Throwable failure = catchThrowable(() -> state.overwrite(TABLE, failing));

    assertThat(SourceProblems.rootOf(failure)).hasMessageContaining("no more");
    assertThat(files(".parquet")).hasSizeGreaterThan(1);
    assertThat(rows()).containsExactly("[1,2026-01-01,a]");
    state.append(TABLE, people("(2, DATE'2026-01-02', 'b')"));
    assertThat(rows()).containsExactly("[1,2026-01-01,a]", "[2,2026-01-02,b]");
    DeltaTable.forPath(spark, table.toString()).delete("id = 1");
    assertThat(rows()).containsExactly("[2,2026-01-02,b]");
  }

  @Test
  void refusesWhatAnotherHasWrittenMeanwhile() {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'a')"));
    String log = table.resolve("_delta_log").toString();
    Dataset<Row> interrupted =
        people("(2, DATE'2026-01-01', 'a')")
            .filter(
                (FilterFunction<Row>)
                    row -> {
                      Files.writeString(
                          Path.of(log, "00000000000000000001.json"),
                          "{\"commitInfo\":{\"timestamp\":1,\"operation\":\"WRITE\"}}\n");
                      return true;
                    });

    assertThatThrownBy(() -> state.append(TABLE, interrupted))
        .isInstanceOf(MaxCommitRetryLimitReachedException.class);
    assertThat(rows()).containsExactly("[1,2026-01-01,a]");
  }

  @Test
  void deltaGoesOnWhereWeStoppedAndWeWhereItDid() throws Exception {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'a'), (2, DATE'2026-01-02', 'b')"));
    state.upsert(
        TABLE, people("(2, DATE'2026-01-02', 'B'), (3, DATE'2026-01-03', 'c')"), List.of("id"));
    for (int id = 4; id <= 11; id++) {
      state.append(TABLE, people("(" + id + ", DATE'2026-01-04', 'd')"));
    }
    assertThat(files(".checkpoint.parquet")).isEmpty();
    state.append(TABLE, people("(12, DATE'2026-01-04', 'd')"));
    assertThat(files(".checkpoint.parquet")).hasSize(1);

    state.upsert(TABLE, people("(12, DATE'2026-01-12', 'D')"), List.of("id"));
    state.deleteWhere(TABLE, "id BETWEEN 4 AND 11");
    state.append(TABLE, people("(13, DATE'2026-01-13', 'e')"));

    String[] expected = {
      "[1,2026-01-01,a]",
      "[2,2026-01-02,B]",
      "[3,2026-01-03,c]",
      "[12,2026-01-12,D]",
      "[13,2026-01-13,e]"
    };
    assertThat(rows()).containsExactly(expected);
    state.overwrite(TABLE, people("(14, DATE'2026-01-14', 'f')"));
    DeltaTable.forPath(spark, table.toString()).restoreToVersion(13);
    assertThat(rows()).containsExactly(expected);
    state.dropHistory(TABLE);
    state.append(TABLE, people("(15, DATE'2026-01-15', 'g')"));
    assertThat(rows()).hasSize(6).contains("[15,2026-01-15,g]");
  }

  @Test
  void anUpsertWritesAnewOnlyFilesWithRowsThatChange() throws Exception {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'a')"));
    Set<String> untouched = Set.of(state.current(TABLE).inputFiles());
    state.append(TABLE, people("(2, DATE'2026-01-02', 'b'), (3, NULL, NULL)").coalesce(1));
    Set<String> touched = new HashSet<>(Set.of(state.current(TABLE).inputFiles()));
    touched.removeAll(untouched);

    state.upsert(
        TABLE,
        people("(3, DATE'2026-01-03', 'c'), (4, NULL, 'd'), (NULL, NULL, 'e')"),
        List.of("id"));
    state.upsert(TABLE, people("(CAST(NULL AS INT), NULL, 'f')"), List.of("id"));

    assertThat(rows())
        .containsExactly(
            "[null,null,e]",
            "[null,null,f]",
            "[1,2026-01-01,a]",
            "[2,2026-01-02,b]",
            "[3,2026-01-03,c]",
            "[4,null,d]");
    assertThat(state.current(TABLE).inputFiles())
        .containsAll(untouched)
        .doesNotContainAnyElementsOf(touched);
    assertThat(writers()).hasSize(4).allMatch("ripen"::equals);
    assertThat(theirs(1)).contains("[3,null,null]");
  }

  @Test
  void anUpsertIntoATableWithoutRowsAppends() throws Exception {
    state.upsert(TABLE, people("(1, DATE'2026-01-01', 'a')"), List.of("id"));
    state.deleteWhere(TABLE, "true");

    state.upsert(TABLE, people("(2, DATE'2026-01-02', 'b')"), List.of("id"));

    assertThat(rows()).containsExactly("[2,2026-01-02,b]");
  }

  @Test
  void anUpsertKeepsPartitionsAndRefusesTwoRowsOfOneKey() throws Exception {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'a'), (2, DATE'2026-01-02', 'b')"), "day");

    state.upsert(
        TABLE, people("(2, DATE'2026-01-02', 'B'), (3, DATE'2026-01-01', 'c')"), List.of("id"));
    Throwable refused =
        catchThrowable(
            () -> state.upsert(TABLE, people("(1, NULL, 'one'), (1, NULL, 'two')"), List.of("id")));

    assertThat(SourceProblems.rootOf(refused)).hasMessage("Two rows to upsert have the same [id]");
    assertThat(rows()).containsExactly("[1,2026-01-01,a]", "[2,2026-01-02,B]", "[3,2026-01-01,c]");
    assertThat(state.current(TABLE).inputFiles())
        .allMatch(file -> file.matches(".*/day=2026-01-0[12]/[^/]+"));
  }

  @Test
  void theLogHoldsNoValues() throws Exception {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'somebody')"));

    assertThat(Files.readString(table.resolve("_delta_log/00000000000000000000.json")))
        .doesNotContain("somebody")
        .doesNotContain("stats");
  }

  @Test
  void leavesToDeltaWhatTakesIt() {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'a')").selectExpr("*", "NULL AS nothing"));
    state.append(TABLE, people("(2, DATE'2026-01-02', 'b')").selectExpr("*", "7 AS more"));
    state.append(TABLE, people("(3, DATE'2026-01-03', 'c')").selectExpr("*", "7 AS more"));
    assertThat(writers()).hasSize(3).noneMatch("ripen"::equals);

    state.overwrite(TABLE, people("(3, DATE'2026-01-03', 'c')"));
    assertThat(rows()).containsExactly("[3,2026-01-03,c]");

    Throwable refused =
        catchThrowable(
            () -> state.overwrite(TABLE, people("(1, NULL, 'a')").selectExpr("id AS `a b`")));
    assertThat(SourceProblems.rootOf(refused))
        .hasMessageContaining("Found invalid character(s) among ' ,;{}()\\n\\t='");
  }

  @Test
  void tellsThoseWhoObserve() throws InterruptedException {
    Observation seen = new Observation();
    Dataset<Row> observed =
        people("(1, DATE'2026-01-01', 'a'), (2, DATE'2026-01-02', 'b')")
            .observe(seen, functions.expr("count(1)").as("rows"));

    state.overwrite(TABLE, observed.repartition(functions.col("day")), "day");
    assertThat(seen.getAsJava()).isEqualTo(Map.of("rows", 2L));
  }

  @Test
  void twoThreadsWriteAtTheSameTime() {
    List<CompletableFuture<Void>> both =
        Stream.of("one", "two")
            .map(
                name ->
                    CompletableFuture.runAsync(
                        () -> {
                          SparkSession.setActiveSession(spark);
                          for (int id = 0; id < 3; id++) {
                            state.append(name, people("(" + id + ", NULL, '" + name + "')"));
                          }
                        }))
            .toList();
    both.forEach(CompletableFuture::join);

    assertThat(sorted(state.current("one")))
        .containsExactly("[0,null,one]", "[1,null,one]", "[2,null,one]");
    assertThat(sorted(state.current("two")))
        .containsExactly("[0,null,two]", "[1,null,two]", "[2,null,two]");
  }

  @Test
  void goesBackToAVersion() {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'a')"), "day");
    state.append(TABLE, people("(2, DATE'2026-01-02', 'b')"));
    state.upsert(TABLE, people("(2, DATE'2026-01-02', 'B'), (3, NULL, 'c')"), List.of("id"));

    state.restoreCommitted(List.of(TABLE, "never_written"));
    assertThat(rows()).as("nothing was committed").isEmpty();
    goesBackTo(1, "[1,2026-01-01,a]", "[2,2026-01-02,b]");
    goesBackTo(2, "[1,2026-01-01,a]", "[2,2026-01-02,B]", "[3,null,c]");
    assertThat(writers()).hasSize(6).allMatch("ripen"::equals);
  }

  @Test
  void goesBackToOtherColumnsAndPartitions() {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'a')"), "day");
    state.overwrite(TABLE, spark.sql("SELECT 'x' AS other, 2 AS id"));

    goesBackTo(0, "[1,2026-01-01,a]");
    goesBackTo(1, "[x,2]");
    assertThat(writers()).hasSize(4).allMatch("ripen"::equals);
  }

  @Test
  void goesBackToFewerColumnsOfTheSameFiles() {
    state.overwrite(TABLE, people("(1, DATE'2026-01-01', 'a')"));
    state.append(TABLE, people("(2, NULL, 'b')").selectExpr("*", "7 AS more"));
    state.append(TABLE, people("(3, NULL, 'c')").selectExpr("*", "7 AS more"));

    goesBackTo(0, "[1,2026-01-01,a]");
  }

  /** As a run does after one that died. */
  private void goesBackTo(long version, String... expected) {
    state.log().add(commitOf(version));
    state.restoreCommitted(List.of(TABLE));

    assertThat(rows()).containsExactly(expected);
  }

  private static RunRecord commitOf(long version) {
    Instant at = Instant.EPOCH.plusSeconds(version);
    return new RunRecord(
        "run " + version,
        RunRecord.Phase.DONE,
        at,
        at,
        at,
        "shadow",
        "1",
        "f",
        Map.of(TABLE, version),
        "",
        "{}");
  }

  private Dataset<Row> people(String values) {
    return spark.sql(
        "SELECT id, CAST(day AS DATE) AS day, CAST(name AS STRING) AS name FROM VALUES "
            + values
            + " AS t(id, day, name)");
  }

  /** As we read them, once it is sure that Delta reads the same. */
  private List<String> rows() {
    Dataset<Row> ours = state.current(TABLE);
    Dataset<Row> theirs = spark.read().format("delta").load(table.toString());
    assertThat(ours.schema()).isEqualTo(theirs.schema());
    assertThat(sorted(ours)).isEqualTo(sorted(theirs));
    return sorted(ours);
  }

  private List<String> theirs(long version) {
    return sorted(
        spark.read().format("delta").option("versionAsOf", version).load(table.toString()));
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.orderBy("id").collectAsList().stream()
        .map(row -> row.toString().replaceFirst("\\[B@[0-9a-f]+", "BYTES"))
        .toList();
  }

  /** Who has committed the versions of the table, oldest first. */
  private List<String> writers() {
    return DeltaTable.forPath(spark, table.toString())
        .history()
        .orderBy("version")
        .select("engineInfo")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0).replaceFirst(".*/ripen$", "ripen"))
        .toList();
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(table)) {
      return all.filter(file -> file.toString().endsWith(suffix))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .toList();
    }
  }
}
