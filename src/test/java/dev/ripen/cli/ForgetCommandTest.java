package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.problem.ExitCode;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.sync.PlanSummary;
import dev.ripen.testing.TestProjects;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forgets a lead of the project {@code tiny}, and looks into every file of the state. It is the
 * first one in every order, since Delta's log has the smallest and largest values in clear.
 */
class ForgetCommandTest {
  private static final int LEADS = 9;
  private static final String LEAD = "1000";
  private static final String ADDRESS = "lead0@northwind.example";

  @TempDir Path directory;

  /** Every place in the state where somebody could still read about that lead. */
  private static List<String> traces(Path state, SparkSession spark) throws IOException {
    Map<String, List<String>> tables = new TreeMap<>();
    List<String> traces = new ArrayList<>();
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = state.relativize(file).toString();
        if (name.endsWith(".parquet")) {
          String table = name.contains("/_delta_log/") ? "/_delta_log" : "";
          tables
              .computeIfAbsent(name.replaceFirst("/.*", table), key -> new ArrayList<>())
              .add(file.toString());
        } else if (isTrace(Files.readString(file, StandardCharsets.ISO_8859_1))) {
          traces.add(name);
        }
      }
    }
    for (Map.Entry<String, List<String>> table : tables.entrySet()) {
      List<String> rows =
          spark
              .read()
              .option("mergeSchema", "true")
              .parquet(table.getValue().toArray(String[]::new))
              .toJSON()
              .collectAsList();
      if (isTrace(String.join("\n", rows))) {
        traces.add(table.getKey() + "/*.parquet");
      }
    }
    return traces.stream().sorted().toList();
  }

  private static boolean isTrace(String text) {
    return text.contains(ADDRESS) || text.replace("\\", "").contains("\"" + LEAD + "\"");
  }

  /** One story, since every night is a whole run. */
  @Test
  void removesEveryTraceAndKeepsThePersonOut() throws IOException {
    Path project = TestProjects.copy("tiny", directory);
    List<String> contacts = new ArrayList<>(TestProjects.fillTiny(project, LEADS));
    for (int n = 9; n <= 10; n++) {
      contacts.add("{\"id\":\"%d\",\"email\":\"lead%d@northwind.example\"}".formatted(1000 + n, n));
    }
    Path state = project.resolve(".ripen/state");
    try (SandboxServer crm = TestProjects.sandbox(project, contacts)) {
      String port = TestProjects.portSetting(crm);
      TestRun first = new TestRun(project, port, "as-of=2026-11-10T05:00:00Z");
      first.run();
      SparkSession spark = first.workspace().spark();
      assertThat(traces(state, spark)).noneMatch(file -> file.contains("/_delta_log/"));
      List<String> before = traces(state, spark);
      assertThat(before).anyMatch(file -> file.startsWith("plans/")).hasSizeGreaterThan(7);

      ForgetCommand.Result look = ForgetCommand.look(first.workspace(), ADDRESS);
      assertThat(look.found().leadIds()).containsExactly(LEAD);
      assertThat(look.found().rows())
          .containsOnlyKeys(
              "signals", "leads", "identities", "scores", "score_changes", "episodes", "ledger");
      assertThat(look.planRows()).isPositive();
      assertThat(traces(state, spark)).isEqualTo(before);

      forgetsSomebodyInASavedPlan(project, crm);

      TestRun second = new TestRun(project, port);
      // A run that died had merged as ripen once did: Delta for Spark notes the smallest and
      // largest
      // values.
      DeltaTable.forPath(spark, state.resolve("ledger").toString())
          .as("old")
          .merge(second.committed("ledger").as("new"), "old.lead_id = new.lead_id")
          .whenMatched()
          .updateAll()
          .execute();
      assertThat(traces(state, spark)).anyMatch(file -> file.startsWith("ledger/_delta_log/"));
      ForgetCommand.Result gone =
          ForgetCommand.forget(second.workspace(), second.console(), " LEAD0@Northwind.example");
      assertThat(gone.found()).isEqualTo(look.found());
      assertThat(traces(state, spark)).isEmpty();

      long writes = crm.log().size();
      TestRun after = new TestRun(project, port, "as-of=2026-11-11T05:00:00Z");
      assertThat(after.run()).isEqualTo(ExitCode.DONE);
      assertThat(after.report().leads).as("one more, one less").isEqualTo(LEADS);
      assertThat(after.committed("ledger").count()).isEqualTo(LEADS);
      assertThat(crm.log().stream().skip(writes).map(Object::toString))
          .noneMatch(request -> request.contains(LEAD));
      assertThat(traces(state, spark)).isEmpty();
    }
  }

  /** The plan is older than the request; nothing of it was in a run yet. */
  private void forgetsSomebodyInASavedPlan(Path project, SandboxServer crm) throws IOException {
    String[] settings = {TestProjects.portSetting(crm), "as-of=2026-11-10T06:00:00Z"};
    Files.writeString(
        project.resolve("data/leads.csv"),
        """
        1009,lead9@northwind.example,2026-11-01 08:00:00,1009
        1010,lead10@northwind.example,2026-11-01 08:00:00,1010
        """,
        StandardOpenOption.APPEND);
    TestRun preview = new TestRun(project, settings);
    Path saved = directory.resolve("saved");
    PlanSummary plan =
        new PlanWorkflow(
                preview.workspace(), preview.console(), "saved-plan", new LocalStateFiles(saved))
            .plan(false);
    assertThat(plan.totals().toSend()).isEqualTo(2);
    TestRun forgetting = new TestRun(project, settings);
    ForgetCommand.forget(forgetting.workspace(), forgetting.console(), "1010");

    TestRun sending = new TestRun(project, settings);
    assertThat(new SyncWorkflow(sending.workspace(), sending.console(), false).sync(saved))
        .isEqualTo(ExitCode.DONE);

    assertThat(crm.findContact("1009").orElseThrow()).containsEntry("mql", "false");
    assertThat(crm.findContact("1010").orElseThrow()).doesNotContainKey("mql");
    assertThat(project.resolve(".ripen/state/plans/saved-plan/changes.jsonl"))
        .content()
        .contains("\"1009\"")
        .doesNotContain("1010");
  }
}
