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
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sample's Parquet files with fewer or more events of the same people, as copies with ids of
 * their own. Either in the sample's days, some hours later, with what would be later than its end
 * in its first days, and {@value #SKEWED_PERCENT} % of all page views by one visitor; or in the
 * days before them, and all in the order of their time, as pipelines land events.
 */
final class ScaleData {
  static final int SKEWED_PERCENT = 2;

  /** Of a sample. */
  static final int HISTORY_DAYS = 90;

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

  /** What is other in a copy. */
  private record Copy(
      int number, long parts, String from, String moved, String replaced, String order) {}

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

  /** {@code BASE DATA DAYS}: as many copies, each before the other, as fill those days. */
  public static void main(String[] arguments) throws SQLException, IOException {
    int copies = Integer.parseInt(arguments[2]) / HISTORY_DAYS;
    long events = new ScaleData(Path.of(arguments[0]), Path.of(arguments[1]), "").repeat(copies);
    System.out.printf(Locale.ROOT, "%,d events of %s days made%n", events, arguments[2]);
  }

  /**
   * Writes about so many events; memory stays bounded.
   *
   * @return how many they are exactly
   */
  long write(long events) throws SQLException, IOException {
    try (Connection duck = prepare()) {
      String skewed = skewedVisitor(duck);
      long whole = events(duck, base);
      for (int number = 0; number * whole < events; number++) {
        long parts =
            Math.min(PARTS, Math.round((double) PARTS * (events - number * whole) / whole));
        write(
            duck,
            new Copy(
                number, parts, base + "/segment/%s/*", later(number), skewed(number, skewed), ""));
      }
      return events(duck, data);
    }
  }

  private long repeat(int copies) throws SQLException, IOException {
    try (Connection duck = prepare()) {
      write(
          duck,
          new Copy(0, PARTS, base + "/segment/%s/*", "INTERVAL 0 DAY", "", "ORDER BY timestamp"));
      execute(duck, "SET preserve_insertion_order = true");
      for (int number = 1; number < copies; number++) {
        String moved = "INTERVAL (%d) DAY".formatted(-number * HISTORY_DAYS);
        write(duck, new Copy(number, PARTS, data + "/segment/%s/copy-000", moved, "", ""));
      }
      return events(duck, data);
    }
  }

  private Connection prepare() throws SQLException, IOException {
    remove(data);
    Files.createDirectories(data.resolve("segment"));
    link("hubspot");
    link("segment/identifies");
    if (Files.exists(base.resolve("crm.jsonl"))) {
      link("crm.jsonl");
    }
    Connection duck = DriverManager.getConnection("jdbc:duckdb:");
    execute(duck, "SET threads = 2");
    execute(duck, "SET TimeZone = 'UTC'");
    execute(duck, "SET memory_limit = '4GB'");
    execute(duck, "SET preserve_insertion_order = false");
    execute(duck, "SET temp_directory = '" + data + "'");
    return duck;
  }

  private String later(int number) {
    int minutes = number * MINUTES_BETWEEN_COPIES;
    return "INTERVAL (%d) MINUTE - IF(timestamp + INTERVAL (%d) MINUTE > TIMESTAMP '%s', INTERVAL %d DAY, INTERVAL 0 DAY)"
        .formatted(minutes, minutes, end, HISTORY_DAYS);
  }

  private static String skewed(int number, String visitor) {
    String isSkewed =
        "hash(coalesce(id, anonymous_id), 'skewed', " + number + ") % 100 < " + SKEWED_PERCENT;
    return ", IF(%s, '%s', anonymous_id) AS anonymous_id, IF(%s, NULL, user_id) AS user_id"
        .formatted(isSkewed, visitor, isSkewed);
  }

  private void write(Connection duck, Copy copy) throws SQLException, IOException {
    for (String table : EVENTS) {
      Files.createDirectories(data.resolve("segment").resolve(table));
      execute(duck, sql(table, copy));
    }
  }

  private String sql(String table, Copy copy) {
    String replaced =
        INSTANTS.stream()
            // In UTC, as most pipelines say: Spark skips what is of other days only of such.
            .map("CAST(%1$s + moved AS TIMESTAMPTZ) AS %1$s"::formatted)
            .collect(Collectors.joining(", "));
    if (copy.number() > 0) {
      replaced += ", id || '-" + copy.number() + "' AS id";
    }
    if (table.equals("pages")) {
      replaced += copy.replaced();
    }
    return """
    COPY (
      SELECT * EXCLUDE (moved) REPLACE (%s)
      FROM (
        SELECT *, %s AS moved
        FROM read_parquet('%s.parquet')
        WHERE hash(coalesce(id, CAST(timestamp AS VARCHAR))) %% %d < %d)
      %s
    ) TO '%s/segment/%s/copy-%03d.parquet' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)
    """
        .formatted(
            replaced,
            copy.moved(),
            copy.from().formatted(table),
            PARTS,
            copy.parts(),
            copy.order(),
            data,
            table,
            copy.number());
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
    Files.createSymbolicLink(data.resolve(folder), base.resolve(folder).toAbsolutePath());
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
