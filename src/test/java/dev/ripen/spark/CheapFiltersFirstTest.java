package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class CheapFiltersFirstTest {
  private final SparkSession spark = SparkTestSession.create();

  private static final String EVENTS =
      """
      SELECT * FROM (
        SELECT CAST(id AS STRING) AS agent, id AS day FROM range(10)
      )
      WHERE agent RLIKE '[0-7]' AND day > 2 AND CAST(agent AS INT) < 7
      """;

  @Test
  void comparesWithConstantsBeforeItMatchesPatterns() {
    Dataset<Row> events = spark.sql("SELECT day FROM (" + EVENTS + ") WHERE day >= 4");
    assertThat(events.collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(4L, 5L, 6L);
    String condition = condition(events);
    assertThat(condition).matches(".*>= 4.*(RLIKE|RememberedMatches).*< 7.*");
  }

  @Test
  void leavesTheOrderOfTheRest() {
    // Else the cast would fail for a text that is no number.
    Dataset<Row> guarded =
        spark.sql(
            """
            SELECT * FROM (SELECT explode(array('1', 'x', '3')) AS text)
            WHERE text RLIKE '^[0-9]+$' AND CAST(text AS INT) > 1 AND text IS NOT NULL
            """);
    assertThat(guarded.collectAsList()).extracting(row -> row.getString(0)).containsExactly("3");
  }

  private static String condition(Dataset<Row> rows) {
    return rows.queryExecution().optimizedPlan().toString().replace('\n', ' ');
  }
}
