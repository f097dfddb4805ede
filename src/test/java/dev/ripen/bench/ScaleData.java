package dev.ripen.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sample's Parquet files with fewer or more events of the same people. More of them are copies:
 * with ids of their own, some hours later, and what would be later than the sample's end comes in
 * its first days. One visitor has {@value #SKEWED_PERCENT} % of all page views.
 */
final class ScaleData {
  static final int SKEWED_PERCENT = 2;

  private static final int HISTORY_DAYS = 90;
  private static final int MINUTES_BETWEEN_COPIES = 433;
  private static final int PARTS = 1_000_000;
  private static final List<String> INSTANTS =
      List.of("original_timestamp", "sent_at", "received_at", "timestamp", "uuid_ts", "loaded_at");
  private static final List<String> EVENTS =
      List.of(
          "pages",
          "feature_used",
          "signed_up",
          "demo_requested",
          "ebook_downloaded",
          "webinar_attended",
          "unsubscribed");

  private final Path base;
  private final Path data;
  private final String end;

  /**
   * @param base the sample; only read
   * @param data its folder is made anew
   * @param end of the sample, as DuckDB writes timestamps, in UTC
   */
  ScaleData(Path base, Path data, String end) {
    this.base = base;
    this.data = data;
    this.end = end;
  }

  /**
   * Writes about so many events; memory stays bounded.
   *
   * @return how many they are exactly
   */
  long write(long events) throws SQLException, IOException {
    remove(data);
    Files.createDirectories(data.resolve("segment"));
    link("hubspot");
    link("segment/identifies");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      execute(duck, "SET threads = 2");
      execute(duck, "SET memory_limit = '4GB'");
      execute(duck, "SET preserve_insertion_order = false");
      execute(duck, "SET temp_directory = '" + data + "'");
      String skewed = skewedVisitor(duck);
      long whole = events(duck, base);
      for (long copy = 0; copy * whole < events; copy++) {
        long parts = Math.min(PARTS, Math.round((double) PARTS * (events - copy * whole) / whole));
        for (String table : EVENTS) {
          Files.createDirectories(data.resolve("segment").resolve(table));
          execute(duck, copy(table, copy, parts, skewed));
        }
      }
      return events(duck, data);
    }
  }

  private String copy(String table, long copy, long parts, String skewed) {
    String replaced =
        INSTANTS.stream()
            .map(column -> column + " + moved AS " + column)
            .collect(Collectors.joining(", "));
    if (copy > 0) {
      replaced += ", id || '-" + copy + "' AS id";
    }
    if (table.equals("pages")) {
      String isSkewed =
          "hash(coalesce(id, anonymous_id), 'skewed', " + copy + ") % 100 < " + SKEWED_PERCENT;
      replaced +=
          ", IF(%s, '%s', anonymous_id) AS anonymous_id, IF(%s, NULL, user_id) AS user_id"
              .formatted(isSkewed, skewed, isSkewed);
    }
    return """
    COPY (
      SELECT * EXCLUDE (moved) REPLACE (%s)
      FROM (
        SELECT *, INTERVAL (%d) MINUTE
          - IF(timestamp + INTERVAL (%d) MINUTE > TIMESTAMP '%s', INTERVAL %d DAY, INTERVAL 0 DAY) AS moved
        FROM read_parquet('%s/segment/%s/*.parquet')
        WHERE hash(coalesce(id, CAST(timestamp AS VARCHAR))) %% %d < %d)
    ) TO '%s/segment/%s/copy-%03d.parquet' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)
    """
        .formatted(
            replaced,
            copy * MINUTES_BETWEEN_COPIES,
            copy * MINUTES_BETWEEN_COPIES,
            end,
            HISTORY_DAYS,
            base,
            table,
            PARTS,
            parts,
            data,
            table,
            copy);
  }

  /** A browser of one of the contacts. */
  private String skewedVisitor(Connection duck) throws SQLException {
    return one(
            duck,
            """
            SELECT min(i.anonymous_id)
            FROM read_parquet('%s/segment/identifies/*.parquet') AS i
            JOIN read_parquet('%s/hubspot/contact/*.parquet') AS c
              ON lower(trim(c.property_email)) = lower(trim(i.email)) AND NOT c._fivetran_deleted
            """
                .formatted(base, base))
        .toString();
  }

  private static long events(Connection duck, Path warehouse) throws SQLException {
    String files =
        EVENTS.stream()
            .map(table -> "'" + warehouse + "/segment/" + table + "/*.parquet'")
            .collect(Collectors.joining(", ", "[", "]"));
    return ((Number)
            one(
                duck,
                "SELECT CAST(sum(num_rows) AS BIGINT) FROM parquet_file_metadata(" + files + ")"))
        .longValue();
  }

  private static Object one(Connection duck, String sql) throws SQLException {
    try (Statement statement = duck.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getObject(1);
    }
  }

  private static void execute(Connection duck, String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  private void link(String folder) throws IOException {
    Files.createSymbolicLink(data.resolve(folder), base.resolve(folder));
  }

  /** Links are removed, not what they lead to. */
  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
