package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.ProjectLoader;
import dev.ripen.problem.ExitCode;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a change of the rules does to those who were MQLs before. Three leads signed up on 2
 * November (25.5 points); the first asked for a demo on the 3rd (30 more).
 */
@Tag("spark")
class DefinitionChangeTest {
  private static final String FIRST = "mql.threshold=50";
  private static final String LOWER = "mql.threshold=20";

  @TempDir static Path temporary;
  private static Path afterFirstNight;
  private static List<String> contacts;

  /** Both tests go on from it, each with a copy. */
  @BeforeAll
  static void runTheFirstNight() {
    afterFirstNight = TestProjects.copy("tiny", temporary);
    contacts = TestProjects.fillTiny(afterFirstNight, 3);
    try (SandboxServer crm = TestProjects.sandbox(afterFirstNight, contacts)) {
      assertThat(run(afterFirstNight, crm, "2026-11-10T05:00:00Z", FIRST))
          .containsExactly("1000 2026-11-03T09:00:00Z", "1001 null", "1002 null");
    }
  }

  private static Path copy(String name) throws IOException {
    Path copy = temporary.resolve(name);
    try (Stream<Path> files = Files.walk(afterFirstNight)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(afterFirstNight.relativize(file).toString()));
      }
    }
    return copy;
  }

  @Test
  void aChangeCountsFromItsFirstRunOrMovesNoAcknowledgedDate() throws Exception {
    Path project = copy("dates");
    try (SandboxServer crm = TestProjects.sandbox(project, contacts)) {
      // From: who has had enough points for long is an MQL since the version began.
      List<String> from =
          List.of(
              "1000 2026-11-03T09:00:00Z",
              "1001 2026-11-12T05:00:00Z",
              "1002 2026-11-12T05:00:00Z");
      assertThat(run(project, crm, "2026-11-12T05:00:00Z", LOWER)).isEqualTo(from);

      // Retroactive: all were MQLs on 2 November, but the CRM has been told other dates.
      assertThat(run(project, crm, "2026-11-14T05:00:00Z", LOWER, "apply=retroactive"))
          .isEqualTo(from);
      assertThat(run(project, crm, "2026-11-15T05:00:00Z", LOWER)).isEqualTo(from);

      assertThat(run(project, crm, "2026-11-16T05:00:00Z", LOWER, "restate=true"))
          .containsExactly(
              "1000 2026-11-02T09:00:00Z",
              "1001 2026-11-02T09:00:00Z",
              "1002 2026-11-02T09:00:00Z");
    }
  }

  @Test
  void keepsEachVersionWholeAndNamesIt() throws Exception {
    Path project = copy("versions");
    try (SandboxServer crm = TestProjects.sandbox(project, contacts)) {
      // From now on a sign-up is worth nothing, and a demo has another name; a late demo of 4
      // November is judged by the rules of that day.
      Path conf = project.resolve("conf/scoring.conf");
      Files.writeString(
          conf,
          Files.readString(conf)
              .replace("version = \"tiny\"", "version = \"later\"")
              .replace("points = 25.5", "points = 0")
              .replace("'demo_requested'", "'demo'"));
      Path events = project.resolve("data/events.csv");
      Files.writeString(
          events,
          Files.readString(events)
              + "late,1001,2026-11-08 09:00:00,demo_requested\n"
              + "unnamed,1002,2026-11-11 09:00:00,demo_requested\n"
              + "named,1002,2026-11-12 04:00:00,demo\n");
      TestRun last = start(project, crm, "2026-11-12T05:00:00Z", FIRST);
      assertThat(last.run()).isEqualTo(ExitCode.DONE);
      // Until the run on the 12th everything is as the first rules say: no event `demo` then.
      assertThat(dates(last))
          .containsExactly(
              "1000 2026-11-03T09:00:00Z",
              "1001 2026-11-08T09:00:00Z",
              "1002 2026-11-11T09:00:00Z");
      assertThat(last.committed("scores").select("rules_version").distinct().head().getString(0))
          .startsWith("later (");
      List<Row> kept = last.committed("definitions").orderBy("first_as_of").collectAsList();
      assertThat(kept).hasSize(2);
      assertThat(kept.get(0).<Object>getAs("effective_from")).isNull();
      assertThat(kept.get(1).<Object>getAs("effective_from")).hasToString("2026-11-12T05:00:00Z");
      assertThat(kept.get(0).<String>getAs("text")).contains("points = 25.5");
    }
  }

  private static List<String> run(
      Path project, SandboxServer crm, String asOf, String... settings) {
    TestRun run = start(project, crm, asOf, settings);
    assertThat(run.run()).isEqualTo(ExitCode.DONE);
    return dates(run);
  }

  private static TestRun start(Path project, SandboxServer crm, String asOf, String... settings) {
    Map<String, String> overrides = new HashMap<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      overrides.put(parts[0], parts[1]);
    }
    String fingerprint =
        ProjectLoader.load(project, Optional.empty(), overrides, Map.of())
            .definition()
            .fingerprint();
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("as-of=" + asOf);
    all.add("guards.accepted=[\"" + fingerprint + "\"]");
    all.add("guards.max-changed=100%");
    all.add("guards.max-new-mqls=100");
    all.add(TestProjects.portSetting(crm));
    return new TestRun(project, all.toArray(String[]::new));
  }

  private static List<String> dates(TestRun run) {
    return run.committed("scores").orderBy("lead_id").collectAsList().stream()
        .map(row -> row.<String>getAs("lead_id") + " " + row.getAs("mql_at"))
        .toList();
  }
}
