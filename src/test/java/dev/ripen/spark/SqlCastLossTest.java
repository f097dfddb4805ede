package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.spark.SqlCastLoss.TryCast;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class SqlCastLossTest {
  private final SparkSession session = SparkTestSession.create();
  private final SqlCastLoss castLoss = new SqlCastLoss();
  private final Dataset<Row> pages =
      session.sql(
          "SELECT * FROM VALUES ('1', '2026-01-01', true), ('x', NULL, true), ('y', 'z', true),"
              + " (NULL, 'no', false) AS t(n, at, ok)");

  @Test
  void countsValuesThatACastMadeNull() {
    String text =
        "SELECT TRY_CAST(n AS INT) AS n, try_cast(p.at AS TIMESTAMP) AS occurred_at, ok,"
            + " CAST(ok AS STRING) AS ok_text FROM w.pages p WHERE ok = :ok";
    assertThat(castLoss.tryCasts("sql/staging/a.sql", text))
        .containsExactly(
            new TryCast("n", "n", "INT"), new TryCast("occurred_at", "p.at", "TIMESTAMP"));
    assertThat(count(text)).contains("[2,1]");
  }

  @Test
  void looksIntoTheCteThatIsSelected() {
    assertThat(
            count(
                "WITH good AS (SELECT * FROM w.pages WHERE ok = :ok),"
                    + " renamed AS (SELECT n::string AS s, try_cast(n AS INT) AS n FROM good)"
                    + " SELECT * FROM renamed"))
        .contains("[2]");
    assertThat(
            count(
                "WITH good AS (SELECT * FROM w.pages WHERE ok = :ok)"
                    + " SELECT try_cast(at AS DATE) AS day FROM good"))
        .contains("[1]");
  }

  @Test
  void aModelWithoutCastsCountsNothing() {
    assertThat(count("SELECT n FROM w.pages")).isEmpty();
    assertThat(castLoss.tryCasts("a.sql", "SELECT DISTINCT n FROM w.pages")).isEmpty();
  }

  private Optional<String> count(String text) {
    return castLoss
        .count(
            session,
            "sql/staging/a.sql",
            text,
            Map.of("ok", true),
            parts -> parts.equals(List.of("w", "pages")) ? pages : null)
        .map(rows -> rows.collectAsList().get(0).toString());
  }
}
