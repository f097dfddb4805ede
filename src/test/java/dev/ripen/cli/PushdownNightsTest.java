package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.problem.ExitCode;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.spark.PushdownLook;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs say and keep the same, whether the source computes the signals or Spark does. */
@Tag("spark")
final class PushdownNightsTest {
  private static final String FIRST = "2026-10-10T05:00:00Z";
  private static final String SECOND = "2026-10-11T05:00:00Z";
  private static final String THIRD = "2026-10-12T05:00:00Z";

  /** Of a run, not of the data. */
  private static final List<String> OF_RUN =
      List.of("run_id", "seconds", "as_of", "crm_requests", "file_bytes", "upkeep", "models");

  @TempDir Path directory;
  private Path project;
  private String url;

  @BeforeEach
  void makeProject() throws IOException, SQLException {
    project = TestProjects.copy("nights", directory);
    Path warehouse = directory.resolve("warehouse.duckdb");
    url = "jdbc:duckdb:" + warehouse;
    StringBuilder leads = new StringBuilder("lead_id,email,created_at,title\n");
    StringBuilder identities = new StringBuilder("visitor_id,lead_id\n");
    for (int i = 0; i < 12; i++) {
      leads.append("p%d,p%d@northwind.example,2026-09-01 00:00:00,VP%n".formatted(i, i));
      identities.append("v%d,p%d%n".formatted(i, i));
    }
    TestProjects.write(project.resolve("data/leads.csv"), leads.toString());
    TestProjects.write(project.resolve("data/identities.csv"), identities.toString());
    TestProjects.write(project.resolve("data/statuses.csv"), "lead_id,status,occurred_at\n");
    TestProjects.write(
        project.resolve("conf/schemas/warehouse.events.ddl"),
        """
        id STRING
        visitor STRING
        happened_at TIMESTAMP
        event_type STRING
        agent STRING
        amount DECIMAL(10, 2)
        loaded_at TIMESTAMP
        """);
    TestProjects.write(
        project.resolve("sql/staging/stg_events.sql"),
        """
        -- One row per delivery of an event.
        SELECT id, visitor, happened_at AS occurred_at, event_type, agent, amount, loaded_at FROM warehouse.events
        """);
    TestProjects.write(
        project.resolve("sql/events.sql"),
        """
        -- One row per delivery of an event.
        -- @check not_null(event_id, visitor_id, occurred_at) warn
        SELECT
          concat('e:', coalesce(id, md5(concat_ws('|', visitor, event_type, occurred_at)))) AS event_id,
          visitor AS visitor_id, occurred_at, event_type, amount, loaded_at
        FROM stg_events
        WHERE NOT coalesce(agent RLIKE '(?i)bot|crawl', false)
        """);
    replace(
        "conf/ripen.conf",
        "sources {",
        "sources {\n  warehouse { format = duckdb, path = \""
            + warehouse
            + "\", tables { events {} } }");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE events (id VARCHAR, visitor VARCHAR, happened_at TIMESTAMP, event_type VARCHAR,"
              + " agent VARCHAR, amount DECIMAL(10, 2), loaded_at TIMESTAMP)");
      statement.execute(events("2026-09-25", 16, 400, "2026-10-10"));
    }
  }

  /** Some without an id, some without a visitor or a time, some twice, some of bots. */
  private static String events(String from, int days, int count, String loaded) {
    return """
        INSERT INTO events
        SELECT CASE WHEN i %% 11 = 0 THEN NULL ELSE '%s-' || (i - i %% 9 // 8) END,
          CASE WHEN i %% 37 = 0 THEN NULL ELSE 'v' || (i %% 14) END,
          CASE WHEN i %% 41 = 0 THEN NULL ELSE TIMESTAMP '%s 01:00:00'
            + to_milliseconds(CAST((i * 7919 * 97 * 1000) %% (%d * 86400000) AS BIGINT)) END,
          ['page', 'page', 'pricing', 'webinar', 'signed_up', 'unsubscribed', 'other'][1 + i %% 7],
          CASE WHEN i %% 13 = 0 THEN 'GoogleBot/2' WHEN i %% 3 = 0 THEN 'Mozilla' END,
          (i %% 5) * 10.5,
          TIMESTAMP '%s 03:00:00'
        FROM range(0, %d) AS t(i)
        """
        .formatted(loaded, from, days, loaded, count);
  }

  /** The session is that of all tests; the project has told it to keep folds however few. */
  @AfterEach
  void leaveTheSessionAsItWas() {
    SparkSession.active().conf().unset("spark.ripen.timelines.from");
  }

  @Test
  void areTheSameWhenEveryRuleIsComputedInside() throws Exception {
    List<String> asked = nights();

    assertThat(asked)
        .anySatisfy(sql -> assertThat(sql).contains("GROUP BY \"visitor_id\", \"rule\""));
    assertThat(asked)
        .as("what reads events, but for late days")
        .filteredOn(sql -> !sql.contains("\"loaded_at\" >= '"))
        .isNotEmpty()
        .allSatisfy(sql -> assertThat(sql).containsAnyOf("GROUP BY", "count("));
  }

  @Test
  void areTheSameWhenSomeRulesAreLeftToSpark() throws Exception {
    replace(
        "conf/scoring.conf",
        "event = \"event_type = 'webinar'\"",
        "event = \"event_type = 'webinar' AND event_type RLIKE '\\\\\\\\bwebinar\\\\\\\\b'\"");
    replace(
        "conf/scoring.conf",
        "points = -9, event = \"event_type = 'unsubscribed'\"",
        "points = \"-amount / 5\", event = \"event_type IN ('unsubscribed', 'pricing')\"");

    List<String> asked = nights();

    assertThat(asked)
        .anySatisfy(sql -> assertThat(sql).contains("GROUP BY \"visitor_id\", \"rule\""));
    assertThat(asked)
        .as("what Spark reads for the rules that are left to it")
        .anySatisfy(
            sql ->
                assertThat(sql)
                    .doesNotContain("GROUP BY")
                    .contains("\"event_type\"")
                    .contains("\"happened_at\" >= '2026-10-09"));
  }

  @Test
  void checkSaysWhatIsLeftToSpark() throws IOException {
    replace(
        "conf/scoring.conf",
        "event = \"event_type = 'webinar'\"",
        "event = \"upper(event_type) = 'WEBINAR'\"");
    Workspace workspace = TestRun.workspace(project, "as-of=" + FIRST);

    PushdownLook.Findings found =
        PushdownLook.look(
            workspace.spark(), workspace.project(), workspace.graph(), workspace.asOf());

    assertThat(found.notes())
        .containsExactly(
            "signals are computed inside source warehouse: 4 of 5 rules",
            "rule webinar is left to Spark: it uses upper");
    assertThat(found.sql()).containsOnlyKeys("signals inside warehouse", "counts of signals");
    assertThat(found.sql().get("signals inside warehouse"))
        .startsWith("-- Inside source warehouse: signals.\nSELECT \"visitor_id\"")
        .contains("FROM events");
  }

  @Test
  void areTheSameWhenNothingCanBeComputedInside() throws Exception {
    replace("sql/events.sql", "(?i)bot|crawl", "(?i)\\\\bgooglebot|crawl");

    List<String> asked = new ArrayList<>();
    both(FIRST, asked);

    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(sql -> assertThat(sql).doesNotContain("GROUP BY", "count("));
  }

  /**
   * Three nights and a plan, twice; the third night is asked again for a day, and before it a rule
   * is new.
   *
   * @return what the source was asked for where it may compute
   */
  private List<String> nights() throws Exception {
    List<String> asked = new ArrayList<>();
    both(FIRST, asked);
    load(events("2026-10-09", 2, 90, "2026-10-11"));
    load(events("2026-09-27", 5, 25, "2026-10-11").replace("03:00:00", "03:30:00"));
    both(SECOND, asked);
    replace(
        "conf/scoring.conf",
        "rules = [\n      { name = sign-up",
        "rules = [\n      { name = any, label = \"Anything\", points = 1, event = \"amount >= 21\" }\n      { name = sign-up");
    replace(
        "conf/ripen.conf",
        "destinations {",
        "guards { accepted = [ \""
            + TestRun.workspace(project).project().definition().fingerprint()
            + "\" ] }\ndestinations {");
    load(events("2026-10-10", 2, 60, "2026-10-12"));
    assertThat(plan("auto")).as("a plan").isEqualTo(plan("off"));
    both(THIRD, asked);
    return asked;
  }

  private void load(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void both(String asOf, List<String> asked) throws Exception {
    List<String> said = night(asOf, "auto", asked);
    assertThat(said)
        .as("what the night says and keeps")
        .isEqualTo(night(asOf, "off", new ArrayList<>()));
  }

  private List<String> night(String asOf, String pushdown, List<String> asked) throws Exception {
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    // One file has one database in a process: this connection keeps it, and its log, open.
    try (SandboxServer crm = TestProjects.sandbox(project, List.of());
        Connection connection = DriverManager.getConnection(url, readOnly);
        Statement statement = connection.createStatement()) {
      statement.execute("CALL enable_logging('QueryLog')");
      TestRun run =
          new TestRun(
              project,
              TestProjects.portSetting(crm),
              "as-of=" + asOf,
              "guards.max-changed=off",
              "guards.max-new-mqls=off",
              "state.path=.ripen/" + pushdown,
              "sources.warehouse.pushdown=" + pushdown);
      assertThat(run.run()).as(run.messages()).isEqualTo(ExitCode.DONE);
      try (ResultSet log =
          statement.executeQuery("SELECT message FROM duckdb_logs WHERE type = 'QueryLog'")) {
        while (log.next()) {
          if (log.getString(1).contains("FROM events") && !log.getString(1).contains("WHERE 1=0")) {
            asked.add(log.getString(1));
          }
        }
      }
      List<String> all = new ArrayList<>();
      ObjectNode report = run.report().toJson();
      report.remove(OF_RUN);
      all.add(report.toPrettyString());
      all.add(run.messages().replaceAll(" +\\d+\\.\\ds", "").replaceAll("(?m)^CRM: .*", ""));
      for (String table : List.of("signals", "scores", "score_changes", "episodes")) {
        all.addAll(rows(run, table));
      }
      all.add(run.workspace().log().lastCommit().orElseThrow().signalCoverage());
      return all;
    }
  }

  private static Set<String> rows(TestRun run, String table) {
    return run.committed(table).drop("run_id", "detected_at").toJSON().collectAsList().stream()
        .map(row -> table + " " + row)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String plan(String pushdown) {
    try (SandboxServer crm = TestProjects.sandbox(project, List.of())) {
      TestRun run =
          new TestRun(
              project,
              TestProjects.portSetting(crm),
              "as-of=" + THIRD,
              "state.path=.ripen/" + pushdown,
              "sources.warehouse.pushdown=" + pushdown);
      PlanWorkflow plan =
          new PlanWorkflow(
              run.workspace(),
              run.console(),
              "plan",
              new LocalStateFiles(directory.resolve("plan-" + pushdown)));
      return plan.plan(false).totals()
          + run.messages().replaceAll(" +\\d+\\.\\ds", "").replaceAll("(?m)^CRM: .*", "");
    }
  }

  private void replace(String file, String old, String with) throws IOException {
    Path path = project.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(old);
    Files.writeString(path, text.replace(old, with));
  }
}
