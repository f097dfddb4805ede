package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.problem.ExitCode;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.testing.TestProjects;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night with two models: rows are of leads and models, counts are of people. */
@Tag("spark")
class SeveralModelsRunTest {
  @TempDir Path temporary;

  @Test
  void countsPeopleAndWritesEachOnce() {
    Path project = TestProjects.copy("several", temporary);
    TestProjects.write(
        project.resolve("data/leads.csv"),
        """
        lead_id,email,created_at,crm_id,account_id,country,plan,is_customer
        1,one@northwind.example,2026-11-01 10:00:00,1001,nw,US,trial,false
        2,two@northwind.example,2026-11-01 10:00:00,1002,nw,DE,,false
        3,three@acme.example,2026-11-01 10:00:00,1003,,DE,trial,false
        """);
    TestProjects.write(
        project.resolve("data/events.csv"),
        """
        event_id,visitor_id,occurred_at,event_type,amount
        d1,1,2026-11-02 10:00:00,demo_requested,
        p1,1,2026-11-03 10:00:00,page,
        p2,1,2026-11-04 10:00:00,page,
        p3,2,2026-11-04 10:00:00,page,
        """);
    TestProjects.write(
        project.resolve("data/account_events.csv"),
        "event_id,account_id,occurred_at,event_type\ns1,nw,2026-11-05 10:00:00,surge\n");
    TestProjects.write(
        project.resolve("data/statuses.csv"), "lead_id,status,occurred_at,reason,amount\n");
    TestProjects.write(
        project.resolve("data/attribute_changes.csv"),
        "lead_id,attribute,value,occurred_at\n2,country,DE,2026-11-02 10:00:00\n");
    List<String> contacts = List.of(contact(1001, "one@northwind"), contact(1002, "two@northwind"));
    try (SandboxServer crm = TestProjects.sandbox(project, contacts)) {
      TestRun run = new TestRun(project, TestProjects.portSetting(crm));
      assertThat(run.run()).isEqualTo(ExitCode.DONE);
      RunReport report = run.report();
      assertThat(List.of(report.leads, report.scored, report.excluded, report.mqls, report.newMqls))
          .containsExactly(3L, 2L, 1L, 1L, 1L);
      assertThat(rows(run))
          .containsExactly(
              "1 person true 41.000000 2026-11-02T10:00:00Z",
              "1 trial true 20.000000 2026-11-04T10:00:00Z",
              "2 person false 25.000000 null",
              "3 person false null null",
              "3 trial false null null");
      assertThat(run.table("crm_hubspot").orderBy("lead_id").head().<String>getAs("models"))
          .isEqualTo("person, trial");
      TestRun again = new TestRun(project, TestProjects.portSetting(crm));
      assertThat(again.run()).isEqualTo(ExitCode.DONE);
      assertThat(again.report().plan.toSend()).isZero();
      assertThat(again.report().newMqls).isZero();
      assertThat(rows(again)).isEqualTo(rows(run));
    }
  }

  private static String contact(int id, String name) {
    return "{\"id\":\"%d\",\"email\":\"%s.example\"}".formatted(id, name);
  }

  private static List<String> rows(TestRun run) {
    return run.committed("scores").orderBy("lead_id", "model").collectAsList().stream()
        .map(
            row ->
                String.join(
                    " ",
                    row.<String>getAs("lead_id"),
                    row.<String>getAs("model"),
                    String.valueOf(row.<Object>getAs("is_mql")),
                    String.valueOf(row.<Object>getAs("score")),
                    String.valueOf(row.<Object>getAs("mql_at"))))
        .toList();
  }
}
