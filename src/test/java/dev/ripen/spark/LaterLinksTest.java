package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
final class LaterLinksTest {
  private static final Instant AS_OF = Instant.parse("2026-11-10T05:00:00Z");
  private final SparkSession spark = SparkTestSession.create();

  @Test
  void theFirstOfThoseThatWaitIsNoticed() {
    LaterLinks later = new LaterLinks(AS_OF);
    Dataset<Row> events = later.noticed(links("2026-11-09 23:00:00", "2026-11-10 05:00:01"));
    Dataset<Row> others = later.noticed(links("2026-11-10 05:00:00", "2026-11-12 00:00:00"));
    Dataset<Row> read = MadeRows.of(LinkRows.distinct(events.unionByName(others), AS_OF));

    assertThat(read.count()).isEqualTo(1);
    assertThat(later.first()).contains(Instant.parse("2026-11-10T05:00:01Z"));
  }

  @Test
  void nothingWaitsWhereNothingIsDatedLater() {
    LaterLinks later = new LaterLinks(AS_OF);
    MadeRows.of(LinkRows.distinct(later.noticed(links("2026-11-10 05:00:00")), AS_OF));
    assertThat(later.first()).isEmpty();
    assertThat(new LaterLinks(AS_OF).first()).isEmpty();
  }

  @Test
  void rowsThatAreNotThereSayNothing() {
    LaterLinks later = new LaterLinks(AS_OF);
    MadeRows.of(LinkRows.distinct(later.noticed(links("2026-11-12 00:00:00").limit(0)), AS_OF));
    assertThat(later.first()).isEmpty();
  }

  private Dataset<Row> links(String... seenAt) {
    return spark
        .createDataset(List.of(seenAt), Encoders.STRING())
        .selectExpr(
            "'email:a@x.example' AS id",
            "'device:1' AS other_id",
            "CAST(value AS TIMESTAMP) AS seen_at");
  }
}
