package dev.ripen.cli;

import static dev.ripen.testing.TestProjects.portSetting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.testing.TestProjects;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("spark")
final class ExplainCommandTest {
  private static final String LEADS =
      """
      lead_id,email,created_at,crm_id
      ada,ada@northwind.example,2026-11-01 08:00:00,1001
      bob,bob@northwind.example,2026-11-01 08:00:00,1002
      own,it@acme.example,2026-11-01 08:00:00,
      twin-1,twin@northwind.example,2026-11-01 08:00:00,
      twin-2,twin@northwind.example,2026-11-01 08:00:00,
      """;
  private static final String EVENTS =
      """
      event_id,visitor_id,occurred_at,event_type
      e1,ada,2026-11-02T09:00:00Z,signed_up
      e2,ada,2026-11-04T09:00:00Z,demo_requested
      e3,bob,2026-11-05T09:00:00Z,signed_up
      """;
  private static final String LATE =
      EVENTS
          + """
          e4,bob,2026-11-06T09:00:00Z,demo_requested
          """;
  private static final String DAY_OF_FIRST_RUN = "2026-11-08T05:00:00Z";

  @TempDir Path temporary;
  private Path project;
  private SandboxServer crm;

  @BeforeEach
  void start() {
    project = TestProjects.copy("tiny", temporary);
    TestProjects.write(project.resolve("data/leads.csv"), LEADS);
    TestProjects.write(project.resolve("data/events.csv"), EVENTS);
    crm =
        TestProjects.sandbox(
            project,
            List.of(
                "{\"id\":\"1001\",\"email\":\"ada@northwind.example\"}",
                "{\"id\":\"1002\",\"email\":\"bob@northwind.example\"}"));
  }

  @AfterEach
  void stop() {
    crm.close();
  }

  private JsonNode explain(String who, String... more) throws Exception {
    return new ObjectMapper().readTree(tell(who, true, more));
  }

  /** Without closing the workspace: all tests share its Spark. */
  private String tell(String who, boolean json, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--project", project.toString()));
    arguments.addAll(List.of("--set", portSetting(crm)));
    arguments.addAll(List.of(more));
    GlobalOptions options =
        CommandLine.populateCommand(new GlobalOptions(), arguments.toArray(String[]::new));
    Workspace workspace = Workspace.open(options, Clock.systemUTC());
    return ExplainCommand.explain(workspace, who, true, json);
  }

  private void run(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add(portSetting(crm));
    assertThat(new TestRun(project, all.toArray(String[]::new)).run()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void readsTheSourcesWhereNoRunWas() throws Exception {
    JsonNode ada = explain("ada@northwind.example");
    assertThat(ada.get("known_from").asText()).isEqualTo("sources");
    assertThat(model(ada).get("score").asText()).isEqualTo("55.5");
    assertThat(model(ada).get("mql_at").asText()).isEqualTo("2026-11-04T09:00:00Z");
    assertThat(ada.get("crm")).isEmpty();
  }

  @Test
  void findsOnePersonByAnyOfTheirIds() throws Exception {
    run();
    for (String who : List.of("ada", " ADA@northwind.example ", "1001")) {
      JsonNode ada = explain(who);
      assertThat(ada.get("format").asText()).isEqualTo("ripen.explain/1");
      assertThat(ada.get("lead_id").asText()).isEqualTo("ada");
      assertThat(ada.get("known_from").asText()).isEqualTo("run");
      assertThat(ada.get("visitor_ids").get(0).asText()).isEqualTo("ada");
      assertThat(model(ada).get("missing").isNull()).isTrue();
      assertThat(ada.get("crm").get(0).get("record_id").asText()).isEqualTo("1001");
      assertThat(ada.get("decisions").get(0).get("after").get("is_mql").asBoolean()).isTrue();
    }
    assertThat(model(explain("own")).get("excluded_because").asText())
        .isEqualTo("domain acme.example");
    assertProblem("nobody@northwind.example", ErrorCode.LEAD_NOT_FOUND);
    assertProblem("twin@northwind.example", ErrorCode.USAGE_INVALID);
    assertThat(tell("bob", false))
        .contains(
            "No MQL: 25 points", "Missing: 24.5 more points; “Asked for a demo” once would do")
        .doesNotContain("ada@");
  }

  @Test
  void tellsThePastAsItWasKnownThen() throws Exception {
    run("as-of=" + DAY_OF_FIRST_RUN);
    // The demo happened before the first run, and came too late for it.
    TestProjects.write(project.resolve("data/events.csv"), LATE);
    run();

    JsonNode today = explain("bob");
    assertThat(model(today).get("is_mql").asBoolean()).isTrue();
    assertThat(today.get("crm").get(0).get("fields").get("mql").asText()).isEqualTo("true");
    assertThat(today.get("crm_before").get(0).get("fields").get("mql").asText()).isEqualTo("false");
    assertThat(today.get("decisions")).hasSize(1);

    JsonNode then = explain("bob", "--as-of", DAY_OF_FIRST_RUN);
    assertThat(then.get("known_from").asText()).isEqualTo("run");
    assertThat(model(then).get("is_mql").asBoolean()).isFalse();
    assertThat(model(then).get("score").asText()).isEqualTo("25.5");
    assertThat(then.get("crm").get(0).get("fields").get("mql").asText()).isEqualTo("false");
    assertThat(then.get("crm_before")).isEmpty();
    assertThat(then.get("decisions")).isEmpty();

    JsonNode before = explain("bob", "--as-of", "2026-11-05T08:59:59Z");
    assertThat(before.get("known_from").asText()).isEqualTo("first-run");
    assertThat(model(before).get("score").asText()).isEqualTo("0");
    assertThat(model(before).get("episodes")).isEmpty();
    assertThat(before.get("crm")).isEmpty();
  }

  @Test
  void showsTheScoreOfTheRun() throws Exception {
    TestRun run = new TestRun(project, portSetting(crm));
    assertThat(run.run()).isEqualTo(ExitCode.DONE);
    var row = run.committed("scores").where("lead_id = 'ada'").head();
    JsonNode ada = model(explain("ada"));
    assertThat(ada.get("published_score").asLong()).isEqualTo(row.<Long>getAs("published_score"));
    assertThat(ada.get("rules_version").asText()).isEqualTo(row.getAs("rules_version"));
    assertThat(ada.get("reasons").asText()).isEqualTo(row.getAs("reasons"));
    assertThat(ada.get("reasons_json"))
        .isEqualTo(new ObjectMapper().readTree(row.<String>getAs("reasons_json")));
  }

  private static JsonNode model(JsonNode explained) {
    return explained.get("models").get(0);
  }

  private void assertProblem(String who, ErrorCode code) {
    assertThatThrownBy(() -> explain(who))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problems().get(0).code()).isEqualTo(code));
  }
}
