package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.spark.Pipeline;
import dev.ripen.spark.PushdownLook;
import dev.ripen.testing.TestProjects;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A second night asks its source for the days that it reads again and no others, for the columns
 * that models use, and with the filters of staging: in the plans of Spark, and in the SQL that
 * databases say they have seen.
 */
@Tag("spark")
final class NightReadsTest {
  private static final String FIRST_NIGHT = "2026-10-10T05:00:00Z";
  private static final String SECOND_NIGHT = "2026-10-11T05:00:00Z";

  /** Of the second night, which looks back two days. */
  private static final String FIRST_DAY = "2026-10-08";

  private static final String ROWS =
      "SELECT 'e' || i AS event_id, 'v-p1' AS visitor_id,"
          + " TIMESTAMP '2026-09-01 09:00:00' + i * INTERVAL '1 day' AS occurred_at,"
          + " 'page' AS event_type, i % 7 = 3 AS is_bot, 'much text' AS payload";

  /** What {@code check --live} says. */
  private static final Map<String, String> TOLD =
      Map.of(
          "auto", "signals are computed inside source warehouse: 5 of 5 rules",
          "off", "signals are computed by Spark, not inside the source: pushdown = off");

  private static final String COLUMNS =
      "\"visitor_id\",\"event_id\",\"occurred_at\",\"event_type\"";

  @TempDir Path directory;
  private Path project;

  @BeforeEach
  void copyProject() {
    project = TestProjects.copy("nights", directory);
    TestProjects.write(
        project.resolve("data/leads.csv"),
        "lead_id,email,created_at,title\np1,p1@northwind.example,2026-09-01 00:00:00,VP\n");
    TestProjects.write(project.resolve("data/identities.csv"), "visitor_id,lead_id\nv-p1,p1\n");
    TestProjects.write(project.resolve("data/statuses.csv"), "lead_id,status,occurred_at\n");
    TestProjects.write(
        project.resolve("conf/schemas/warehouse.events.ddl"),
        """
        event_id STRING
        visitor_id STRING
        occurred_at TIMESTAMP
        event_type STRING
        is_bot BOOLEAN
        payload STRING
        """);
    TestProjects.write(
        project.resolve("sql/events.sql"),
        """
        -- One row per delivery of an event.
        SELECT event_id, visitor_id, occurred_at, event_type FROM stg_events
        """);
    TestProjects.write(
        project.resolve("sql/staging/stg_events.sql"),
        """
        -- One row per delivery of an event.
        SELECT event_id, visitor_id, occurred_at, event_type, payload FROM warehouse.events WHERE NOT is_bot
        """);
  }

  /** The session is that of all tests; the project has told it to keep folds however few. */
  @AfterEach
  void leaveTheSessionAsItWas() {
    SparkSession.active().conf().unset("spark.ripen.timelines.from");
  }

  @Test
  void noScanOfFilesReadsMoreThanTheDays() throws Exception {
    SparkSession spark = TestRun.workspace(project).spark();
    Path events = directory.resolve("events");
    spark
        .range(0, 39)
        .selectExpr(
            "concat('e', id) AS event_id",
            "'v-p1' AS visitor_id",
            "TIMESTAMP '2026-09-01 09:00:00' + make_dt_interval(CAST(id AS INT)) AS occurred_at",
            "'page' AS event_type",
            "id % 7 = 3 AS is_bot",
            "'much text' AS payload")
        .coalesce(1)
        .write()
        .parquet(events.toString());
    source("format = parquet, tables { events { path = \"" + events + "\" } }");
    night(FIRST_NIGHT);

    ScansOfFiles plans = new ScansOfFiles(events.toString());
    spark.sparkContext().addSparkListener(plans);
    Pipeline.Signals read;
    try {
      read = night(SECOND_NIGHT);
      plans.await(spark);
    } finally {
      spark.sparkContext().removeSparkListener(plans);
    }

    assertThat(read.full()).isFalse();
    assertThat(read.events()).as("those of 8 and 9 October; one of them was a bot").isEqualTo(1);
    assertThat(plans.scans()).isNotEmpty();
    assertThat(plans.scans())
        .as("of every scan of the events in that night")
        .allSatisfy(
            scan -> {
              assertThat(scan.get("PushedFilters"))
                  .contains("GreaterThanOrEqual(occurred_at," + FIRST_DAY + "T00:00:00Z)")
                  .contains("is_bot");
              assertThat(scan.get("ReadSchema")).contains("occurred_at").doesNotContain("payload");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "auto"})
  void postgresqlSeesTheDaysTheColumnsAndTheFilters(String pushdown) throws Exception {
    Path log = directory.resolve("postgres.log");
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("log_statement", "all")
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start()) {
      try (Connection connection = postgres.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE events AS " + ROWS + " FROM generate_series(0, 38) AS t(i)");
      }
      source(
          "format = postgresql, host = localhost, port = "
              + postgres.getPort()
              + ", database = postgres, user = postgres, pushdown = "
              + pushdown
              + ", tables { events {} }");
      night(FIRST_NIGHT);
      int before = Files.readAllLines(log).size();
      assertThat(night(SECOND_NIGHT).events()).isEqualTo(1);

      List<String> lines = Files.readAllLines(log);
      assertAsked(pushdown, lines.subList(before, lines.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "auto"})
  void duckDbSeesTheDaysTheColumnsAndTheFilters(String pushdown) throws Exception {
    String url = "jdbc:duckdb:" + directory.resolve("warehouse.duckdb");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE events AS " + ROWS + " FROM range(0, 39) AS t(i)");
    }
    source(
        "format = duckdb, path = \""
            + directory.resolve("warehouse.duckdb")
            + "\", pushdown = "
            + pushdown
            + ", tables { events {} }");
    night(FIRST_NIGHT);
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    // One file has one database in a process: this connection keeps it, and its log, open.
    try (Connection connection = DriverManager.getConnection(url, readOnly);
        Statement statement = connection.createStatement()) {
      statement.execute("CALL enable_logging('QueryLog')");
      assertThat(night(SECOND_NIGHT).events()).isEqualTo(1);

      List<String> asked = new ArrayList<>();
      try (ResultSet log =
          statement.executeQuery("SELECT message FROM duckdb_logs WHERE type = 'QueryLog'")) {
        while (log.next()) {
          asked.add(log.getString(1));
        }
      }
      assertAsked(pushdown, asked);
      assertThat(look().notes()).containsExactly(TOLD.get(pushdown));
    }
  }

  /** Spark asks for the columns of a table with a condition that no row meets. */
  private static void assertAsked(String pushdown, List<String> log) {
    List<String> asked =
        log.stream()
            .filter(line -> line.contains("SELECT") && line.contains("FROM events"))
            .filter(line -> !line.contains("WHERE 1=0"))
            .toList();
    assertThat(asked).isNotEmpty();
    assertThat(asked)
        .as("every statement that reads events")
        .allSatisfy(
            sql ->
                assertThat(sql)
                    .containsPattern("\"occurred_at\" >= (TIMESTAMP )?'" + FIRST_DAY + " 00:00:00")
                    .contains("\"is_bot\"")
                    .doesNotContain("payload"));
    if (pushdown.equals("off")) {
      assertThat(asked).anySatisfy(sql -> assertThat(sql).contains("SELECT " + COLUMNS));
      return;
    }
    assertThat(asked).anySatisfy(sql -> assertThat(sql).contains("GROUP BY \"visitor_id\""));
    assertThat(asked)
        .as("no event comes to Spark: signals and counts do")
        .allSatisfy(sql -> assertThat(sql).containsPattern("GROUP BY \"visitor_id\"|count\\(1\\)"));
  }

  private PushdownLook.Findings look() {
    Workspace workspace = TestRun.workspace(project, "as-of=" + SECOND_NIGHT);
    return PushdownLook.look(
        workspace.spark(), workspace.project(), workspace.graph(), workspace.asOf());
  }

  private void source(String settings) throws IOException {
    Path conf = project.resolve("conf/ripen.conf");
    Files.writeString(
        conf,
        Files.readString(conf).replace("sources {", "sources {\n  warehouse { " + settings + " }"));
  }

  private Pipeline.Signals night(String asOf) {
    return ScoredNight.in(TestRun.workspace(project, "as-of=" + asOf), true).signals();
  }
}
