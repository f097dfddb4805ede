package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Source;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against a real PostgreSQL. */
@Tag("spark")
final class TableMarksTest {
  @Test
  void changeWithEveryLoad() throws Exception {
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE events (id TEXT, loaded_at TIMESTAMPTZ)");
      sql.execute("INSERT INTO events VALUES ('a', '2026-11-01 05:00:00Z'), ('b', NULL)");
      Source source = source(postgres.getPort(), Optional.of("loaded_at"));
      TableMarks marks = TableMarks.asking(SparkTestSession::create);

      Optional<String> first = marks.of(source, source.tables().get(0));
      assertThat(first).contains("2 2026-11-01T05:00:00Z");
      assertThat(marks.of(source, source.tables().get(0))).isEqualTo(first);

      sql.execute("UPDATE events SET loaded_at = '2026-11-01 05:00:00.000001Z' WHERE id = 'a'");
      assertThat(marks.of(source, source.tables().get(0))).isPresent().isNotEqualTo(first);

      sql.execute("UPDATE events SET loaded_at = '2026-11-01 05:00:00Z' WHERE id = 'a'");
      sql.execute("DELETE FROM events WHERE id = 'b'");
      assertThat(marks.of(source, source.tables().get(0))).isPresent().isNotEqualTo(first);
    }
  }

  @Test
  void areNotThereWhereNothingTellsOfLoads() {
    Source silent = source(1, Optional.empty());
    assertThat(TableMarks.asking(SparkTestSession::create).of(silent, silent.tables().get(0)))
        .isEmpty();
    Source gone = source(1, Optional.of("loaded_at"));
    assertThat(TableMarks.asking(SparkTestSession::create).of(gone, gone.tables().get(0)))
        .isEmpty();
    assertThat(TableMarks.NONE.of(gone, gone.tables().get(0))).isEmpty();
  }

  private static Source source(int port, Optional<String> loadedAt) {
    Map<String, String> options =
        Map.of(
            "host", "127.0.0.1",
            "port", Integer.toString(port),
            "database", "postgres",
            "user", "postgres");
    Source.Table table =
        new Source.Table(
            "events",
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            loadedAt,
            Optional.empty(),
            Optional.empty(),
            1);
    return new Source("warehouse", "postgresql", options, Map.of(), List.of(table));
  }
}
