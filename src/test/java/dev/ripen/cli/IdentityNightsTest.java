package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.problem.ExitCode;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.spark.ReadAgain;
import dev.ripen.testing.Golden;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The project {@code tiny} with ids of its own: a tablet goes from hand to hand. */
@Tag("spark")
final class IdentityNightsTest {
  private static final String LINKS =
      """
      id,other_id,seen_at
      hubspot:1001,email:ada@northwind.example,
      hubspot:1003,hubspot:1001,
      hubspot:1002,email:bob@northwind.example,
      hubspot:1001,email:info@northwind.example,
      hubspot:1002,email:info@northwind.example,
      device:tablet,email:ada@northwind.example,2026-11-02 09:00:00
      device:tablet,email:bob@northwind.example,2026-11-05 09:00:00
      user:7,device:tablet,2026-11-01 09:00:00
      bob,hubspot:1002,
      """;

  @TempDir Path temporary;

  @Test
  void oneStory() throws IOException {
    Path project = project();
    try (SandboxServer crm =
        TestProjects.sandbox(
            project,
            List.of(
                "{\"id\":\"1001\",\"email\":\"ada@northwind.example\"}",
                "{\"id\":\"1002\",\"email\":\"bob@northwind.example\"}"))) {
      String port = TestProjects.portSetting(crm);
      TestRun first = run(project, port, 10);
      assertThat(first.messages())
          .contains(
              "8 ids are 3 people; ignored links: 2 with a role address",
              "! identity_links: 1 value is no id like user:51 and counts as missing");
      assertThat(people(first))
          .containsEntry("hubspot:1003", "hubspot:1001")
          .containsEntry("device:tablet", "hubspot:1002")
          .containsEntry("user:7", "hubspot:1002")
          .containsEntry("email:info@northwind.example", "email:info@northwind.example");
      assertThat(first.report().toJson().get("identity").toString())
          .isEqualTo(
              "{\"ids\":8,\"people\":3,\"nobodys_ids\":0,\"ignored_of_role_addresses\":2,"
                  + "\"ignored_of_too_many_ids\":0,\"malformed\":1}");
      assertThat(mqls(first)).containsExactly("hubspot:1002");

      Map<String, Long> before = versions(first);
      TestRun second = run(project, port, 11);
      assertThat(versions(second)).isEqualTo(before);
      assertThat(mqls(second)).containsExactly("hubspot:1002");

      links(project, LINKS + "device:tablet,email:ada@northwind.example,2026-11-11 09:00:00\n");
      PlanWorkflow preview = preview(project, port);
      assertThat(preview.plan(false).totals().update()).isEqualTo(2);
      assertThat(versions(second)).isEqualTo(before);
      TestRun third = run(project, port, 12);
      assertThat(people(third)).containsEntry("user:7", "hubspot:1001");
      assertThat(mqls(third)).containsExactly("hubspot:1001");

      Golden.assertMatches("cli/explain-identity.txt", explain(project, port, "device:tablet"));
      forget(project, port);
    }
  }

  /** Everything about Ada goes, also ids that only links know; the others stay. */
  private void forget(Path project, String port) {
    TestRun fourth = new TestRun(project, port);
    ForgetCommand.Result gone =
        ForgetCommand.forget(fourth.workspace(), fourth.console(), "ada@northwind.example");
    assertThat(gone.found().visitorIds())
        .containsExactly(
            "device:tablet",
            "email:ada@northwind.example",
            "hubspot:1001",
            "hubspot:1003",
            "user:7");
    assertThat(gone.found().rows()).containsEntry("identity_links", 6L).containsEntry("people", 5L);
    assertThat(fourth.committed("identity_links").count()).isZero();
    TestRun fifth = run(project, port, 13);
    assertThat(people(fifth))
        .containsOnlyKeys(
            "email:bob@northwind.example", "email:info@northwind.example", "hubspot:1002");
    assertThat(fifth.committed("identity_links").where("id LIKE '%ada@%'").count()).isZero();

    TestRun anew = new TestRun(project, port, "as-of=2026-11-13T05:00:00Z");
    assertThat(anew.run(new ReadAgain(true, Optional.empty(), Optional.empty())))
        .isEqualTo(ExitCode.DONE);
    assertThat(people(anew)).isEqualTo(people(fifth));
    assertThat(versions(anew)).isNotEqualTo(versions(fifth));
  }

  private Path project() throws IOException {
    Path project = TestProjects.copy("tiny", temporary);
    TestProjects.write(
        project.resolve("data/leads.csv"),
        """
        lead_id,email,created_at,crm_id
        1001,ada@northwind.example,2026-11-01 08:00:00,1001
        1002,bob@northwind.example,2026-11-01 08:00:00,1002
        1003,ada@northwind.example,2026-11-02 08:00:00,1003
        """);
    TestProjects.write(
        project.resolve("data/events.csv"),
        """
        event_id,visitor_id,occurred_at,event_type
        e1,device:tablet,2026-11-02 09:00:00,signed_up
        e2,user:7,2026-11-03 09:00:00,demo_requested
        """);
    links(project, LINKS);
    TestProjects.write(
        project.resolve("conf/schemas/files.links.ddl"),
        "id STRING\nother_id STRING\nseen_at STRING\n");
    Path conf = project.resolve("conf/ripen.conf");
    TestProjects.write(
        conf,
        Files.readString(conf)
            .replace(
                "{ path = events.csv }",
                "{ path = events.csv }\n      links { path = links.csv }"));
    sql(
        project,
        "identity_links",
        "SELECT id, other_id, try_cast(seen_at AS TIMESTAMP) AS seen_at FROM files.links");
    sql(
        project,
        "leads",
        "SELECT person_id AS lead_id, min(email) AS email, min(created_at) AS created_at,"
            + " min(crm_id) AS crm_id FROM stg_leads"
            + " JOIN people ON people.id = 'hubspot:' || stg_leads.lead_id GROUP BY person_id");
    sql(
        project,
        "identities",
        "SELECT people.id AS visitor_id, leads.lead_id FROM people"
            + " JOIN leads ON leads.lead_id = people.person_id");
    return project;
  }

  private static void sql(Path project, String model, String text) {
    TestProjects.write(
        project.resolve("sql/" + model + ".sql"), "-- One row per thing.\n" + text + "\n");
  }

  private static void links(Path project, String text) {
    TestProjects.write(project.resolve("data/links.csv"), text);
  }

  private static TestRun run(Path project, String port, int day) {
    TestRun run = new TestRun(project, port, "as-of=2026-11-" + day + "T05:00:00Z");
    assertThat(run.run()).isEqualTo(ExitCode.DONE);
    return run;
  }

  private static PlanWorkflow preview(Path project, String port) {
    TestRun run = new TestRun(project, port, "as-of=2026-11-12T05:00:00Z");
    return new PlanWorkflow(
        run.workspace(),
        run.console(),
        RunIds.next(run.workspace().clock()),
        run.workspace().files());
  }

  private static Map<String, @Nullable String> people(TestRun run) {
    Map<String, @Nullable String> people = new TreeMap<>();
    run.committed("people")
        .select("id", "person_id")
        .collectAsList()
        .forEach(row -> people.put(row.getString(0), row.getString(1)));
    return people;
  }

  private static List<String> mqls(TestRun run) {
    List<String> mqls = new ArrayList<>();
    run.committed("scores")
        .where("is_mql")
        .select("lead_id")
        .collectAsList()
        .forEach(row -> mqls.add(row.getString(0)));
    return mqls;
  }

  private static Map<String, Long> versions(TestRun run) {
    Map<String, Long> versions =
        new TreeMap<>(run.workspace().state().lastCommit().orElseThrow().tableVersions());
    versions.keySet().retainAll(List.of("people", "identity_links"));
    assertThat(versions).hasSize(2);
    return versions;
  }

  private static String explain(Path project, String port, String who) {
    GlobalOptions options =
        CommandLine.populateCommand(
            new GlobalOptions(),
            "--project",
            project.toString(),
            "--set",
            port,
            "--set",
            "as-of=2026-11-12T05:00:00Z");
    String text =
        ExplainCommand.explain(Workspace.open(options, Clock.systemUTC()), who, false, false);
    return text.substring(0, text.indexOf("\nMQL since")) + "\n";
  }
}
