package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("spark")
class InstantsOfNumbersTest {
  private static final List<String> OPERATORS = List.of(">=", "<", ">", "<=", "=", "<=>", "<>");

  private final SparkSession spark = SparkTestSession.create();

  @ParameterizedTest
  @CsvSource({"timestamp_micros, 1", "timestamp_millis, 1000", "timestamp_seconds, 1000000"})
  void keepsTheRowsOfTheComparisonThatWasWritten(String function, long unit) {
    Random random = new Random(unit);
    for (int i = 0; i < 60; i++) {
      // Around 1970 and in fractions of the unit, where rounding down and up are not the same.
      long micros = random.nextLong(-4 * unit, 4 * unit + 1);
      String operator = OPERATORS.get(i % OPERATORS.size());
      String instant = "timestamp_micros(" + micros + "L)";
      // What a generator makes is unknown to the optimizer until the rows are there.
      String rows = "(SELECT explode(concat(sequence(-6L, 6L), array(NULL))) AS n)";
      String filtered =
          "SELECT n FROM %s WHERE %s(n) %s %s".formatted(rows, function, operator, instant);
      String computed =
          "SELECT n FROM (SELECT n, %s(n) %s %s AS kept FROM %s) WHERE coalesce(kept, false)"
              .formatted(function, operator, instant, rows);
      assertThat(numbers(filtered)).as(filtered).isEqualTo(plainly(computed));
    }
  }

  @Test
  void comparesTheNumberItself() {
    Dataset<Row> events =
        spark.sql(
            "SELECT * FROM (SELECT timestamp_seconds(id) AS occurred_at, id FROM range(10))"
                + " WHERE occurred_at >= TIMESTAMP'1970-01-01 00:00:04.5' AND occurred_at < TIMESTAMP'1970-01-01 00:00:07'");
    assertThat(condition(events)).contains(">= 5", "< 7").doesNotContain("timestamp_seconds");
    assertThat(events.collectAsList()).extracting(row -> row.getLong(1)).containsExactly(5L, 6L);
  }

  @Test
  void aNumberThatIsNoInstantIsOutsideOfARange() {
    Dataset<Row> events =
        spark.sql(
            "SELECT n FROM (SELECT explode(array(9223372036854775807L, 5L)) AS n)"
                + " WHERE timestamp_seconds(n) < TIMESTAMP'2026-11-12'");
    assertThat(events.collectAsList()).extracting(row -> row.getLong(0)).containsExactly(5L);
  }

  private List<Object> numbers(String sql) {
    return spark.sql(sql).collectAsList().stream().map(row -> row.get(0)).toList();
  }

  /** Without any rule of ripen. */
  private List<Object> plainly(String sql) {
    var rules = spark.experimental().extraOptimizations();
    spark.experimental().extraOptimizations_$eq(SqlScala.seq(List.of()));
    try {
      return numbers(sql);
    } finally {
      spark.experimental().extraOptimizations_$eq(rules);
    }
  }

  private static String condition(Dataset<Row> rows) {
    LogicalPlan plan = rows.queryExecution().optimizedPlan();
    while (!(plan instanceof Filter)) {
      plan = plan.children().apply(0);
    }
    return ((Filter) plan).condition().toString();
  }
}
