package dev.ripen.bench;

import dev.ripen.sandbox.RateLimits;
import dev.ripen.sandbox.SandboxOptions;
import dev.ripen.sandbox.SandboxServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares whole runs with DuckDB and with Spark without ripen, which compute the same scores and
 * first MQL dates from the same Parquet files: a run that reads and scores everything again, and
 * the night after it. {@code scripts/bench score [CONTACTS] [EVENTS] [DAYS]} makes the data and the
 * project, and calls it.
 */
final class ScoreBench {
  private static final Instant FIRST = Instant.parse("2026-11-19T05:00:00Z");
  private static final Instant NIGHT = Instant.parse("2026-11-20T05:00:00Z");
  private static final int LONG_HISTORY_DAYS = 900;

  private final Path project;
  private final Path data;
  private final int days;

  private ScoreBench(Path project, Path data, int days) {
    this.project = project;
    this.data = data;
    this.days = days;
  }

  /** {@code PROJECT DATA DAYS}; the project reads the data and has no state yet. */
  public static void main(String[] arguments) throws SQLException, IOException {
    new ScoreBench(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]))
        .compare();
  }

  /**
   * Runs are those of a project that has been at work for a while: the CRM, which is the built-in
   * one in this process and without limits, has what the first run had to say.
   */
  private void compare() throws SQLException, IOException {
    RateLimits wide = new RateLimits(1_000_000, Duration.ofSeconds(10), 100_000_000, 1_000);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      double peer = peer(duck);
      double plain = plainSpark(duck, peer);
      try (SandboxServer crm =
          SandboxServer.start(
              SandboxOptions.in(project.resolve(".ripen/sandbox"))
                  .withSeed(data.resolve("crm.jsonl"))
                  .withLimits(wide))) {
        List<String> live =
            List.of(
                "--set=destinations.hubspot.mode=live",
                "--set=destinations.hubspot.sandbox-port=" + crm.uri().getPort());
        say(
            "Spark %s",
            Files.isDirectory(Path.of("lib/ext")) ? "with what is in lib/ext" : "alone");
        WholeRun first = run(FIRST, "-Xmx8g", live);
        say("ripen: the first run, and everybody to the CRM: %.1f s", first.seconds());
        List<String> refresh = new ArrayList<>(live);
        refresh.add("--full-refresh");
        WholeRun full = run(FIRST, "-Xmx8g", refresh);
        say(
            "ripen: everything again %.1f s, %.1f GiB; %.2f times DuckDB's time (limit 2.5), %.2f"
                + " times plain Spark's",
            full.seconds(), full.gibibytes(), full.seconds() / peer, full.seconds() / plain);
        requireTheSame(duck, scoresOfState());
        crm.clearLog();
        WholeRun night = run(NIGHT, "-Xmx2g", live);
        say(
            "ripen: a night %.1f s (limit 30), %.1f GiB (limit 3); %.3f of everything (limit"
                + " %.3f); %d requests",
            night.seconds(),
            night.gibibytes(),
            night.seconds() / full.seconds(),
            days < LONG_HISTORY_DAYS ? 1 / 2.0 : 1 / 8.0,
            crm.log().size());
        WholeRun hour = run(NIGHT.plus(Duration.ofHours(1)), "-Xmx2g", live);
        say(
            "ripen: an hour later, nothing new: %.1f s, %.1f GiB",
            hour.seconds(), hour.gibibytes());
      }
    }
  }

  private double peer(Connection duck) throws SQLException {
    execute(duck, "SET threads = 2");
    // It does not get by with 8 GB for 450 million events.
    execute(duck, "SET memory_limit = '" + (days < LONG_HISTORY_DAYS ? 8 : 15) + "GB'");
    execute(duck, "SET preserve_insertion_order = false");
    execute(duck, "SET temp_directory = '" + project.resolve(".ripen/duckdb") + "'");
    execute(duck, "SET TimeZone = 'UTC'");
    double cold = seconds(duck, FIRST);
    double peer = Math.min(cold, seconds(duck, FIRST));
    say("DuckDB: everything %.1f s (the first time %.1f s)", peer, cold);
    // The runs want the memory now.
    execute(duck, "SET memory_limit = '2GB'");
    return peer;
  }

  private double seconds(Connection duck, Instant asOf) throws SQLException {
    long before = System.nanoTime();
    execute(duck, sql("/bench/score.sql", asOf));
    return (System.nanoTime() - before) / 1e9;
  }

  /** What the same query takes in a process of Spark without ripen. */
  private double plainSpark(Connection duck, double peer) throws SQLException, IOException {
    Path rows = project.resolve(".ripen/plain-spark");
    Path query = Files.createDirectories(project.resolve(".ripen")).resolve("score-spark.sql");
    Files.writeString(query, sql("/bench/score-spark.sql", FIRST));
    WholeRun plain =
        WholeRun.of(
            new ProcessBuilder(
                    "java",
                    "@conf/jvm.options",
                    "-XX:+UseParallelGC",
                    "-Xmx8g",
                    "-Dlog4j2.configurationFile=conf/log4j2.properties",
                    "-cp",
                    System.getProperty("java.class.path"),
                    PlainSpark.class.getName(),
                    rows.toString())
                .inheritIO()
                .redirectInput(query.toFile()));
    say(
        "plain Spark: everything %.1f s, %.1f GiB; %.2f times DuckDB's time",
        plain.seconds(), plain.gibibytes(), plain.seconds() / peer);
    requireTheSame(duck, "(FROM read_parquet('" + rows + "/part-*.parquet'))");
    return plain.seconds();
  }

  private String sql(String query, Instant asOf) {
    LocalDate first = LocalDate.ofInstant(asOf, ZoneOffset.UTC).minusDays(days - 1L);
    return resource(query)
        .replace("${data}", data.toString())
        .replace("${from}", first + " 00:00:00")
        .replace("${first_day}", first.toString())
        .replace("${as_of}", asOf.toString().replace('T', ' ').replace("Z", ""));
  }

  private static String resource(String name) {
    try (InputStream in = ScoreBench.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private WholeRun run(Instant asOf, String heap, List<String> settings) {
    List<String> options = new ArrayList<>(List.of("--quiet"));
    options.addAll(settings);
    return WholeRun.of(project, asOf, heap, options, ProcessBuilder.Redirect.INHERIT);
  }

  /** The files of older runs are there, too. */
  private String scoresOfState() {
    return "(SELECT lead_id, score, first_mql_at FROM read_parquet('"
        + project.resolve(".ripen/state/scores")
        + "/**/part-*.parquet') QUALIFY run_id = max(run_id) OVER ())";
  }

  /** Scores to 1e-4; instants exactly, unless the total lies that close to the threshold. */
  private void requireTheSame(Connection duck, String ours) throws SQLException {
    String compared =
        """
        SELECT count(*), count(*) FILTER (WHERE o.lead_id IS NULL OR t.lead_id IS NULL),
          count(*) FILTER (WHERE abs(CAST(o.score AS DOUBLE) - t.score) > 1e-4),
          count(*) FILTER (WHERE o.first_mql_at::TIMESTAMP IS DISTINCT FROM t.first_mql_at::TIMESTAMP),
          count(t.first_mql_at)
        FROM %s AS o FULL JOIN scores AS t ON o.lead_id = t.lead_id
        """
            .formatted(ours);
    try (Statement statement = duck.createStatement();
        ResultSet row = statement.executeQuery(compared)) {
      row.next();
      say(
          "compared: %,d people, %,d MQLs; %d people of one side only, %d other scores, %d other dates",
          row.getLong(1), row.getLong(5), row.getLong(2), row.getLong(3), row.getLong(4));
      if (row.getLong(2) + row.getLong(3) + row.getLong(4) > 0) {
        throw new IllegalStateException("the two do not compute the same");
      }
    }
  }

  private static void execute(Connection duck, String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void say(String text, Object... values) {
    System.out.printf(Locale.ROOT, text + "%n", values);
  }
}
