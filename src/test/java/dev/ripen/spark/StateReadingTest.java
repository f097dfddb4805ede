package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the state reads of its tables is what Delta reads of them, version by version. */
@Tag("spark")
final class StateReadingTest {
  private static final String TABLE = "signals";

  private final SparkSession spark = SparkTestSession.create();
  private String path = "";
  private StateTables state = new StateTables(spark, "/nowhere");

  /** Brackets and percent signs mean something to those who list paths. */
  @BeforeEach
  void openState(@TempDir Path directory) {
    path = directory.resolve("a state [of mine] 100%41 {x}").toString();
    state = new StateTables(spark, path);
  }

  @Test
  void partitionsAndNullsAreThere() {
    state.overwrite(TABLE, rows("(1, DATE'2026-01-01', 'a'), (2, NULL, 'b')"), "day");

    assertSame(0, "[1,2026-01-01,a]", "[2,null,b]");
  }

  @Test
  void aColumnThatCameLaterIsNullBefore() {
    state.append(TABLE, rows("(1, DATE'2026-01-01', 'a')"));
    state.append(TABLE, rows("(2, DATE'2026-01-02', 'b')").selectExpr("*", "7 AS more"));

    assertSame(1, "[1,2026-01-01,a,null]", "[2,2026-01-02,b,7]");
  }

  @Test
  void earlierVersionsStay() {
    state.overwrite(TABLE, rows("(1, DATE'2026-01-01', 'a')"));
    state.overwrite(TABLE, rows("(2, DATE'2026-01-01', 'b')"));
    state.deleteWhere(TABLE, "id = 2");

    assertSame(0, "[1,2026-01-01,a]");
    assertSame(1, "[2,2026-01-01,b]");
    assertSame(2);
  }

  @Test
  void aRangeOfDaysReadsItsFilesOnly() {
    state.overwrite(
        TABLE,
        rows("(1, DATE'2026-01-01', 'a'), (2, DATE'2026-01-02', 'b'), (3, DATE'2026-01-03', 'c')"),
        "day");

    Dataset<Row> some = state.current(TABLE).where("day >= DATE'2026-01-02'");

    assertThat(some.collectAsList()).hasSize(2);
    assertThat(some.queryExecution().executedPlan().toString()).contains("PartitionFilters: [is");
  }

  private Dataset<Row> rows(String values) {
    return spark.sql("SELECT * FROM VALUES " + values + " AS t(id, day, name)");
  }

  private void assertSame(long version, String... expected) {
    DeltaLogs logs = state.log().logs();
    String location = path + "/" + TABLE;
    Dataset<Row> ours = DeltaDataset.of(spark, logs, logs.at(location, version));
    Dataset<Row> theirs =
        spark.read().format("delta").option("versionAsOf", version).load(location);

    assertThat(ours.schema()).isEqualTo(theirs.schema());
    assertThat(sorted(ours)).containsExactly(expected).isEqualTo(sorted(theirs));
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.orderBy("id").collectAsList().stream().map(Row::toString).toList();
  }
}
