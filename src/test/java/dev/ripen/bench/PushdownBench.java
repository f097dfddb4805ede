package dev.ripen.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ripen.sandbox.SandboxOptions;
import dev.ripen.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares whole runs that let a DuckDB file compute the signals with runs that read its events:
 * seconds, rows that came to Spark, and that both find the same. {@code scripts/bench pushdown
 * [CONTACTS] [EVENTS]} makes the sample and the project, and calls it.
 */
final class PushdownBench {
  private static final Instant FIRST = Instant.parse("2026-11-19T05:00:00Z");
  private static final Instant NIGHT = Instant.parse("2026-11-20T05:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path project;

  private PushdownBench(Path project) {
    this.project = project;
  }

  /** {@code PROJECT}, which has no state yet. */
  public static void main(String[] arguments) throws IOException, SQLException {
    new PushdownBench(Path.of(arguments[0])).compare();
  }

  /** What a run took and said. */
  private record Measured(double seconds, long rows, JsonNode report) {}

  private void compare() throws IOException, SQLException {
    try (SandboxServer crm =
        SandboxServer.start(
            SandboxOptions.in(project.resolve(".ripen/sandbox"))
                .withSeed(project.resolve(".ripen/sample/crm.jsonl")))) {
      Measured off = run(FIRST, "off", crm);
      Measured auto = run(FIRST, "auto", crm);
      say("everything", off, auto);
      requireTheSame();
      say("the night after", run(NIGHT, "off", crm), run(NIGHT, "auto", crm));
    }
  }

  private Measured run(Instant asOf, String pushdown, SandboxServer crm) throws IOException {
    Path tasks = project.resolve("tasks");
    ScaleData.remove(tasks);
    Files.createDirectories(tasks);
    Path output = project.resolve("run-" + pushdown + "-" + asOf.getEpochSecond() + ".json");
    Files.deleteIfExists(output);
    List<String> options = new ArrayList<>(List.of("--quiet", "--format=json"));
    options.addAll(SparkTotals.options(tasks));
    options.addAll(
        List.of(
            "--set=state.path=.ripen/state-" + pushdown,
            "--set=sources.warehouse.pushdown=" + pushdown,
            "--set=destinations.hubspot.mode=shadow",
            "--set=destinations.hubspot.sandbox-port=" + crm.uri().getPort(),
            "--set=guards.max-changed=off",
            "--set=guards.max-new-mqls=off"));
    WholeRun run =
        WholeRun.of(
            project, asOf, "-Xmx2g", options, ProcessBuilder.Redirect.appendTo(output.toFile()));
    return new Measured(
        run.seconds(), SparkTotals.read(tasks).databaseRows(), JSON.readTree(output.toFile()));
  }

  private static void say(String what, Measured off, Measured auto) {
    System.out.printf(
        Locale.ROOT,
        "%s: pushdown = off %.1f s, %,d rows from the source; auto %.1f s, %,d rows; %.2f of the time,"
            + " %.2f of the rows%n",
        what,
        off.seconds(),
        off.rows(),
        auto.seconds(),
        auto.rows(),
        auto.seconds() / off.seconds(),
        (double) auto.rows() / off.rows());
    for (String number : List.of("events", "signals", "scored", "mqls", "checks")) {
      if (!parts(off, number).equals(parts(auto, number))) {
        throw new IllegalStateException("the two do not tell the same " + number);
      }
    }
  }

  /** Checks are told in the order in which two threads end. */
  private static Set<String> parts(Measured run, String field) {
    JsonNode value = run.report().get(field);
    Set<String> parts = new TreeSet<>();
    if (value.isArray()) {
      value.forEach(part -> parts.add(part.toString()));
    } else {
      parts.add(value.toString());
    }
    return parts;
  }

  /** Of the first runs: their tables have no older files. */
  private void requireTheSame() throws SQLException, IOException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (String table : List.of("signals", "scores")) {
        String ours = rows(table, "auto");
        String theirs = rows(table, "off");
        try (ResultSet row =
            statement.executeQuery(
                ("SELECT (SELECT count(*) FROM (%s EXCEPT ALL %s)), (SELECT count(*) FROM (%s EXCEPT"
                        + " ALL %s)), (SELECT count(*) FROM (%s))")
                    .formatted(ours, theirs, theirs, ours, ours))) {
          row.next();
          System.out.printf(
              Locale.ROOT,
              "compared: %,d %s, %d of one side only%n",
              row.getLong(3),
              table,
              row.getLong(1) + row.getLong(2));
          if (row.getLong(3) == 0 || row.getLong(1) + row.getLong(2) > 0) {
            throw new IllegalStateException("the two do not find the same " + table);
          }
        }
      }
    }
  }

  private String rows(String table, String pushdown) throws IOException {
    Path folder = project.resolve(".ripen/state-" + pushdown).resolve(table);
    boolean inDays;
    try (Stream<Path> below = Files.list(folder)) {
      inDays = below.anyMatch(file -> file.getFileName().toString().startsWith("event_day="));
    }
    return "SELECT COLUMNS(lambda c: c NOT IN ('run_id', 'detected_at')) FROM read_parquet('%s/%spart-*.parquet')"
        .formatted(folder, inDays ? "*/" : "");
  }
}
