package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class ScoreColumnsTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T05:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-17T05:00:00Z");

  private static final RulesInForce RULES =
      RulesInForce.of(
          TemplateProjects.simple().definition(),
          TemplateProjects.graph(TemplateProjects.simple()),
          Map.of());

  private final SparkSession session = SparkTestSession.create();

  @Test
  void anMqlWithoutADateIsOneSinceTheFirstRunThatSawIt() {
    Dataset<Row> monday = scores(MONDAY, Optional.empty(), "('a', 5, true), ('b', 2, false)");
    assertThat(dates(monday))
        .containsExactly("[a,5,2026-11-16T05:00:00Z,2026-11-16T05:00:00Z,1]", "[b,2,null,null,0]");
    Dataset<Row> tuesday =
        scores(TUESDAY, Optional.of(monday), "('a', 6, true), ('b', 5, true), ('c', 0, false)");
    assertThat(dates(tuesday))
        .containsExactly(
            "[a,6,2026-11-16T05:00:00Z,2026-11-16T05:00:00Z,1]",
            "[b,5,2026-11-17T05:00:00Z,2026-11-17T05:00:00Z,1]",
            "[c,0,null,null,0]");
  }

  @Test
  void whoBecomesAnMqlAgainIsCountedAgain() {
    Dataset<Row> first = scores(MONDAY, Optional.empty(), "('a', 5, true)");
    Dataset<Row> fallen = scores(MONDAY, Optional.of(first), "('a', 1, false)");
    Dataset<Row> again = scores(TUESDAY, Optional.of(fallen), "('a', 5, true)");
    assertThat(dates(fallen)).containsExactly("[a,1,2026-11-16T05:00:00Z,2026-11-16T05:00:00Z,1]");
    assertThat(dates(again)).containsExactly("[a,5,2026-11-17T05:00:00Z,2026-11-16T05:00:00Z,2]");
  }

  @Test
  void whatTheModelSaysStays() {
    Dataset<Row> rows =
        session.sql(
            "SELECT 'a' AS lead_id, 'own' AS Model, 1.5 AS score, true AS is_mql,"
                + " TIMESTAMP '2026-01-01' AS mql_at, 'warm' AS level, 7 AS published_score");
    Dataset<Row> complete = ScoreColumns.offline(rows);
    assertThat(
            texts(
                complete.selectExpr(
                    "model", "mql_at", "first_mql_at", "level", "published_score", "episodes")))
        .containsExactly("[own,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,warm,7,[]]");
    assertThat(complete.select("episodes").schema().fields()[0].dataType().sql())
        .startsWith("ARRAY<STRUCT<number: INT, opened_at: TIMESTAMP,");
  }

  private Dataset<Row> scores(Instant asOf, Optional<Dataset<Row>> before, String values) {
    Dataset<Row> rows =
        session.sql("SELECT * FROM VALUES " + values + " AS rows(lead_id, score, is_mql)");
    return ScoreColumns.complete(rows, RULES, asOf, before);
  }

  private static List<String> dates(Dataset<Row> rows) {
    return texts(
        rows.orderBy("lead_id")
            .selectExpr("lead_id", "published_score", "mql_at", "first_mql_at", "mql_count"));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.selectExpr("struct(*) AS row").selectExpr("row.*").collectAsList().stream()
        .map(ScoreColumnsTest::text)
        .toList();
  }

  private static String text(Row row) {
    return row.toString()
        .replaceAll("(\\d\\d:\\d\\d:\\d\\d)\\.0", "$1")
        .replace("ArraySeq()", "[]");
  }
}
