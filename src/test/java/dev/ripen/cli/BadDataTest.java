package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.sync.SkipReason;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real tables hold: none of it may stop a run or change anybody else's score. */
@Tag("spark")
final class BadDataTest {
  private static final String LEADS =
      """
      lead_id,email,created_at,crm_id
      ada, Ada@Northwind.example ,2026-11-01 08:00:00,
      null,,2026-11-01 08:00:00,1002
      blank,"   ",2026-11-01 08:00:00,1003
      malformed,not an address,2026-11-01 08:00:00,
      twin-1,twin@northwind.example,2026-11-01 08:00:00,
      twin-2,twin@northwind.example,2026-11-01 08:00:00,
      late,late@northwind.example,some day,1004
      own,IT@ACME.example,2026-11-01 08:00:00,
      """;

  private static final String EVENTS =
      """
      event_id,visitor_id,occurred_at,event_type
      e1,ada,2026-11-02T09:00:00Z,signed_up
      e2,ada,2026-11-03 09:00:00,page
      e3,ada,2026-11-04T01:30:00+02:00,page
      e4,ada,last tuesday,page
      e5,ada,2026-12-24 09:00:00,demo_requested
      e6,null,2026-11-02 09:00:00,unsubscribed
      e7,late,2026-11-05 09:00:00,signed_up
      e8,,2026-11-02 09:00:00,page
      ,ada,2026-11-02 09:00:00,page
      e9,own,2026-11-02 09:00:00,signed_up
      """;

  @TempDir Path temporary;
  private Path project;
  private SandboxServer crm;

  @BeforeEach
  void start() {
    project = TestProjects.copy("tiny", temporary);
    crm =
        TestProjects.sandbox(
            project,
            List.of(
                "{\"id\":\"1001\",\"email\":\"ada@northwind.example\"}",
                "{\"id\":\"1002\"}",
                "{\"id\":\"1003\"}",
                "{\"id\":\"1004\",\"email\":\"late@northwind.example\"}",
                "{\"id\":\"1005\",\"email\":\"twin@northwind.example\"}"));
  }

  @AfterEach
  void stop() {
    crm.close();
  }

  @Test
  void scoresTheRestOfATableWithBadRows() {
    TestProjects.write(project.resolve("data/leads.csv"), LEADS);
    TestProjects.write(project.resolve("data/events.csv"), EVENTS);
    TestRun run = new TestRun(project, TestProjects.portSetting(crm));
    assertThat(run.run()).isEqualTo(ExitCode.DONE);

    assertThat(column(run, "score"))
        .isEqualTo(
            Map.of(
                "ada", "26.000000",
                "blank", "0.000000",
                "late", "25.500000",
                "malformed", "0.000000",
                "null", "-2.750000",
                "twin-1", "0.000000",
                "twin-2", "0.000000"));
    // Rounded down, below zero too: nobody is told more than he has.
    assertThat(column(run, "published_score"))
        .containsEntry("ada", "26")
        .containsEntry("late", "25")
        .containsEntry("null", "-3");
    assertThat(run.report().excluded).isEqualTo(1);
    assertThat(run.messages())
        .contains("stg_leads: 1 value of created_at could not be cast and became null")
        .contains("2 events without an event id or visitor id: not scored");
    assertThat(run.report().plan.skipped())
        .isEqualTo(Map.of(SkipReason.INVALID_EMAIL, 1L, SkipReason.DUPLICATE_RECORD, 1L));
    assertThat(run.report().sync.written()).isEqualTo(5);
    assertThat(crm.findContact("1002").orElseThrow()).containsEntry("mql_score", "-3");

    // The future has come: the event that waited counts, everything else stays as it was, on a
    // machine that speaks Turkish too.
    TestRun later =
        new TestRun(project, TestProjects.portSetting(crm), "as-of=2026-12-24T10:00:00Z");
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertThat(later.run()).isEqualTo(ExitCode.DONE);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(column(later, "score")).containsEntry("ada", "56.000000");
    assertThat(crm.findContact("1001").orElseThrow())
        .containsEntry("mql", "true")
        .containsEntry("mql_at", "2026-12-24T09:00:00.000Z");
    assertThat(later.report().sync.written()).isEqualTo(1);
  }

  @Test
  void scoresNobodyAndSaysSoWhereNothingJoins() {
    TestProjects.fillTiny(project, 3);
    TestProjects.write(
        project.resolve("data/events.csv"),
        """
        event_id,visitor_id,occurred_at,event_type
        e1,somebody,2026-11-02 09:00:00,signed_up
        e2,somebody else,2026-11-02 09:00:00,signed_up
        """);
    TestRun run = new TestRun(project, TestProjects.portSetting(crm));
    assertThat(run.run()).isEqualTo(ExitCode.DONE);
    assertThat(run.messages())
        .contains("2 of 2 events")
        .contains("no event belongs to any lead: look at sql/identities.sql");
    assertThat(run.report().withoutSignals).isEqualTo(3);
    assertThat(run.report().mqls).isZero();
  }

  @Test
  void countsTheEventsOfATableInWhichNoneMatchesARule() {
    TestProjects.fillTiny(project, 3);
    TestProjects.write(
        project.resolve("data/events.csv"),
        """
        event_id,visitor_id,occurred_at,event_type
        e1,1000,2026-11-02 09:00:00,heartbeat
        """);
    TestRun run = new TestRun(project, TestProjects.portSetting(crm));
    assertThat(run.run()).isEqualTo(ExitCode.DONE);
    assertThat(run.messages()).contains("0 of 1 events");
  }

  @Test
  void stopsBeforeTheCrmIfTheLeadsAreGone() {
    TestRun run = new TestRun(project, TestProjects.portSetting(crm));
    assertThatThrownBy(run::run)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("guard empty-source: the model leads has no rows")
        .extracting(thrown -> ((ProblemException) thrown).problems().get(0).code())
        .isEqualTo(ErrorCode.GUARD_STOPPED);
    assertThat(TestProjects.writeRequests(crm)).isZero();
  }

  @Test
  void namesTheColumnThatACanonicalTableLacks() throws IOException {
    TestProjects.fillTiny(project, 3);
    Path leads = project.resolve("sql/leads.sql");
    Files.writeString(leads, Files.readString(leads).replace("created_at, ", ""));
    List<String[]> connections =
        List.of(
            new String[] {TestProjects.portSetting(crm)},
            new String[] {
              "destinations.hubspot.sandbox=false", "destinations.hubspot.mode=shadow"
            });
    for (String[] settings : connections) {
      assertThatThrownBy(() -> new TestRun(project, settings).run())
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused ->
                  assertThat(refused.problems().get(0).code())
                      .isEqualTo(ErrorCode.SQL_MISSING_COLUMN))
          .hasMessageContaining("leads")
          .hasMessageContaining("created_at");
    }
  }

  @Test
  void saysThatTheDiskOfTheStateIsFull() throws Exception {
    TestProjects.fillTiny(project, 100);
    Path small = Files.createDirectory(temporary.resolve("small-disk"));
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "none", small.toString()),
        "a disk that is really full needs the right to mount one");
    try {
      TestRun run = new TestRun(project, TestProjects.portSetting(crm), "state.path=" + small);
      assertThatThrownBy(run::run)
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> {
                assertThat(refused.problems().get(0).code()).isEqualTo(ErrorCode.STATE_DISK_FULL);
                assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
              });
      assertThat(TestProjects.writeRequests(crm)).isZero();
    } finally {
      assertThat(succeeds("umount", "--lazy", small.toString())).isTrue();
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, String> column(TestRun run, String name) {
    Map<String, String> values = new TreeMap<>();
    run.committed("scores")
        .where("excluded_because IS NULL")
        .selectExpr("lead_id", "CAST(" + name + " AS STRING)")
        .collectAsList()
        .forEach(row -> values.put(row.getString(0), row.getString(1)));
    return values;
  }
}
