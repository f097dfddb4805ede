package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.sandbox.FaultRule;
import dev.ripen.spark.RejectsTable.Fate;
import dev.ripen.sync.SkipReason;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sync does from one night to the next, from sources to the CRM. */
@Tag("spark")
final class SyncNightsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UPDATES = ".*/contacts/batch/update";

  @TempDir Path temporary;

  @Test
  void asksTheCrmNothingOnANightOnWhichScoresMoveLessThanMinChange() {
    try (TinyNights nights = new TinyNights(temporary, 250)) {
      nights.replace(
          "conf/ripen.conf",
          "mql_score = overwrite",
          "mql_score { policy = overwrite, min-change = 5 }");
      assertThat(nights.night(10).run()).isEqualTo(ExitCode.DONE);
      nights.crm.clearLog();
      for (int day = 8; day <= 10; day++) {
        nights.everyone("page", day, 250);
      }

      TestRun quiet = nights.night(11);
      assertThat(quiet.run()).isEqualTo(ExitCode.DONE);
      assertThat(quiet.report().signals).as("scores moved").isGreaterThanOrEqualTo(3 * 250);
      assertThat(quiet.report().plan.unchanged()).isEqualTo(250);
      assertThat(nights.crm.log()).isEmpty();
      assertThat(quiet.report().crmRequests).isZero();
    }
  }

  @Test
  void sendsARejectedRowAgainOnlyWhenItChangesOrSomebodySaysSo() {
    try (TinyNights nights = new TinyNights(temporary, 30)) {
      nights.provision(new FieldSpec("rank", "Rank", FieldType.NUMBER, List.of()));
      nights.addField(
          "rank", "overwrite", "CASE WHEN scores.lead_id = '1007' THEN 'first' ELSE '1' END");

      TestRun first = nights.night(10);
      assertThat(first.run()).isEqualTo(ExitCode.REJECTED);
      assertThat(first.report().sync.written()).isEqualTo(29);
      assertThat(first.report().sync.rejected()).isEqualTo(1);
      Row reject = only(first);
      assertThat(reject.<String>getAs("lead_id")).isEqualTo("1007");
      assertThat(reject.<String>getAs("record_id")).isEqualTo("1007");
      assertThat(reject.<String>getAs("code")).isEqualTo("INVALID_VALUE");
      assertThat(reject.<String>getAs("message")).contains("rank").contains("first");
      assertThat(reject.<String, String>getJavaMap(reject.fieldIndex("fields")))
          .containsEntry("rank", "first");
      assertThat(reject.<Integer>getAs("attempts")).isEqualTo(1);
      Instant firstAt = reject.getAs("first_at");
      assertThat(reject.<Instant>getAs("last_at")).isEqualTo(firstAt);

      nights.crm.clearLog();
      TestRun blocked = nights.night(11);
      assertThat(blocked.run()).isEqualTo(ExitCode.DONE);
      assertThat(blocked.report().plan.blocked()).isEqualTo(1);
      assertThat(nights.rowsSent()).isZero();

      decide(nights, Fate.RETRY);
      TestRun retried = nights.night(12);
      assertThat(retried.run()).as("not new, so no alarm").isEqualTo(ExitCode.DONE);
      assertThat(nights.rowsSent()).isEqualTo(1);
      assertThat(only(retried).<Integer>getAs("attempts")).isEqualTo(2);
      assertThat(only(retried).<Instant>getAs("first_at")).isEqualTo(firstAt);
      assertThat(only(retried).<Instant>getAs("last_at")).isAfter(firstAt);

      nights.replace("sql/crm/hubspot.sql", "'first'", "'2'");
      TestRun mended = nights.night(13);
      assertThat(mended.run()).isEqualTo(ExitCode.DONE);
      assertThat(mended.report().sync.written()).isEqualTo(1);
      assertThat(mended.committed("rejects").isEmpty()).isTrue();
      assertThat(nights.crm.findContact("1007").orElseThrow()).containsEntry("rank", "2");
    }
  }

  @Test
  void stopsWhenMoreRejectsWaitThanTheGuardAllows() {
    try (TinyNights nights = new TinyNights(temporary, 10)) {
      nights.provision(new FieldSpec("rank", "Rank", FieldType.NUMBER, List.of()));
      nights.addField("rank", "overwrite", "IF(scores.lead_id < '1003', 'first', '1')");
      assertThat(nights.night(10).run()).isEqualTo(ExitCode.REJECTED);

      ProblemException stopped =
          catchThrowableOfType(
              ProblemException.class, () -> nights.night(11, "guards.reject-limit=2").run());
      assertThat(stopped.exitCode()).isEqualTo(ExitCode.STOPPED);
      assertThat(stopped.problems().get(0).what())
          .isEqualTo("guard reject-limit: 3 rejected records wait, at most 2 may");
      assertThat(stopped.problems().get(0).fix()).startsWith("list them with: ripen rejects");
      assertThat(nights.night(11, "guards.reject-limit=3").run()).isEqualTo(ExitCode.DONE);
    }
  }

  private static Row only(TestRun run) {
    List<Row> rows = run.committed("rejects").collectAsList();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static void decide(TinyNights nights, Fate fate) {
    Workspace workspace = TestRun.workspace(nights.project, nights.settings(11));
    assertThat(new RejectDecision(workspace, silent()).decide(List.of("1007"), fate)).isEqualTo(1);
  }

  private static Console silent() {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    return new Console(nowhere, nowhere, false, false, false);
  }

  @Test
  void sendsTheRowsThatWereDeferredFirst() throws Exception {
    try (TinyNights nights = new TinyNights(temporary, 600)) {
      // After two batches the account's requests of the day are used up.
      nights
          .crm
          .faults()
          .add(FaultRule.on("POST", UPDATES).requests(3, 1_000).rateLimited("DAILY"));
      ProblemException stopped =
          catchThrowableOfType(ProblemException.class, () -> nights.night(10).run());
      assertThat(stopped.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(stopped.problems().get(0).code()).isEqualTo(ErrorCode.CRM_DAILY_LIMIT);

      nights.crm.faults().clear();
      nights.everyone("demo_requested", 9, 600);
      TestRun next = nights.night(11);
      assertThat(next.run()).isEqualTo(ExitCode.DONE);
      assertThat(next.report().sync.written()).isEqualTo(600);
      List<String> order = leadsInOrder(nights, next.report().runId);
      assertThat(order.subList(0, 400)).allSatisfy(lead -> assertThat(lead).isGreaterThan("1199"));
      assertThat(order.subList(400, 600)).allSatisfy(lead -> assertThat(lead).isLessThan("1200"));
      assertThat(next.committed("deferred").isEmpty()).isTrue();
    }
  }

  private static List<String> leadsInOrder(TinyNights nights, String runId) throws IOException {
    List<String> leads = new ArrayList<>();
    Path changes = nights.project.resolve(".ripen/state/plans/" + runId + "/changes.jsonl");
    for (String line : Files.readAllLines(changes)) {
      JsonNode row = JSON.readTree(line);
      leads.add(row.path("key").asText());
    }
    return leads;
  }

  @Test
  void startsInShadowWhenTheCrmIsFilledAndTheStateKnowsOfNothing() {
    List<String> contacts = new ArrayList<>();
    for (int id = 1000; id < 1030; id++) {
      contacts.add(
          "{\"id\":\"%d\",\"email\":\"lead%d@northwind.example\",\"properties\":{\"mql\":\"true\"}}"
              .formatted(id, id - 1000));
    }
    try (TinyNights nights = new TinyNights(temporary, contacts)) {
      TestProjects.fillTiny(nights.project, 30);
      TestRun lost = nights.night(10);
      assertThat(lost.run()).isEqualTo(ExitCode.DONE);
      assertThat(nights.rowsSent()).isZero();
      assertThat(lost.report().mode).isEqualTo("shadow");
      assertThat(lost.messages())
          .contains("30 records of the CRM have ripen's fields filled, but the state knows of none")
          .contains("restore it to " + nights.project.resolve(".ripen/state"))
          .contains("--set destinations.hubspot.adopt=true");

      TestRun adopted = nights.night(11, "destinations.hubspot.adopt=true");
      assertThat(adopted.run()).isEqualTo(ExitCode.DONE);
      assertThat(adopted.report().sync.written()).isEqualTo(30);
      assertThat(nights.night(12).run()).isEqualTo(ExitCode.DONE);
    }
  }

  @Test
  void goesLiveOnNineHundredMqlsWithoutTriggeringAnything() {
    try (TinyNights nights = new TinyNights(temporary, 2_700)) {
      nights.addField("mql_reasons", "on-qualification", "scores.reasons");
      nights.addField(
          "lifecyclestage",
          "forward-only",
          "CASE WHEN scores.is_mql THEN 'marketingqualifiedlead' END");
      TestRun shadow = nights.night(10, "destinations.hubspot.mode=shadow");
      assertThat(shadow.run()).isEqualTo(ExitCode.DONE);
      assertThat(shadow.report().mqls).isEqualTo(900);
      assertThat(nights.rowsSent()).isZero();

      nights.set("destinations.hubspot.live-since=2026-11-11");
      TestRun live = nights.night(11);
      assertThat(live.run()).isEqualTo(ExitCode.DONE);
      assertThat(live.report().sync.written()).isEqualTo(2_700);
      for (int id = 1000; id < 3_700; id += 3) {
        assertThat(nights.crm.findContact("" + id).orElseThrow())
            .containsEntry("mql", "true")
            .containsEntry("mql_at", "2026-11-03T09:00:00.000Z")
            .doesNotContainKeys("lifecyclestage", "mql_reasons");
      }

      // Who qualifies from then on gets all of it, the others still nothing.
      nights.happens("demo_requested", 11, 1001);
      TestRun next = nights.night(12);
      assertThat(next.run()).isEqualTo(ExitCode.DONE);
      assertThat(next.report().sync.written()).isEqualTo(1);
      assertThat(nights.crm.findContact("1001").orElseThrow())
          .containsEntry("mql", "true")
          .containsEntry("lifecyclestage", "marketingqualifiedlead")
          .containsKey("mql_reasons");
      assertThat(nights.crm.findContact("1000").orElseThrow())
          .doesNotContainKeys("lifecyclestage", "mql_reasons");
    }
  }

  @Test
  void clearsTheFlagOfAPersonWhoLeavesTheDefinitionAndKeepsTheDates() {
    try (TinyNights nights = new TinyNights(temporary, 12)) {
      assertThat(nights.night(10).run()).isEqualTo(ExitCode.DONE);
      nights.replace("data/leads.csv", "lead3@northwind.example", "lead3@acme.example");

      TestRun kept = nights.night(11, "destinations.hubspot.leavers=keep");
      assertThat(kept.run()).isEqualTo(ExitCode.DONE);
      assertThat(kept.report().sync.written()).isZero();

      TestRun next = nights.night(12);
      assertThat(next.run()).isEqualTo(ExitCode.DONE);
      assertThat(next.report().excluded).isEqualTo(1);
      assertThat(next.report().sync.written()).isEqualTo(1);
      assertThat(nights.crm.findContact("1003").orElseThrow())
          .containsEntry("mql", "false")
          .containsEntry("mql_at", "2026-11-03T09:00:00.000Z")
          .containsEntry("mql_score", "55");

      nights.crm.clearLog();
      assertThat(nights.night(13).run()).isEqualTo(ExitCode.DONE);
      assertThat(nights.crm.log()).isEmpty();
    }
  }

  @Test
  void respectsThatSalesCalledAPersonNotQualified() {
    try (TinyNights nights = new TinyNights(temporary, 12)) {
      assertThat(nights.night(10).run()).isEqualTo(ExitCode.DONE);
      TestProjects.write(
          nights.project.resolve("sql/statuses.sql"),
          """
          -- One row per status change.
          SELECT lead_id, 'disqualified' AS status, TIMESTAMP '2026-11-10 12:00:00' AS occurred_at,
            'no budget' AS reason, CAST(NULL AS DECIMAL(18, 2)) AS amount
          FROM stg_leads
          WHERE lead_id = '1003'
          """);

      assertThat(nights.night(11).run()).isEqualTo(ExitCode.DONE);
      assertThat(nights.crm.findContact("1003").orElseThrow()).containsEntry("mql", "false");

      // However much he does: only what the definition says makes him an MQL again.
      nights.happens("demo_requested", 11, 1003);
      assertThat(nights.night(12).run()).isEqualTo(ExitCode.DONE);
      assertThat(nights.crm.findContact("1003").orElseThrow())
          .containsEntry("mql", "false")
          .containsEntry("mql_score", "85");
      assertThat(nights.crm.findContact("1000").orElseThrow()).containsEntry("mql", "true");
    }
  }

  @Test
  void countsRowsWithoutALeadAsSkipped() {
    try (TinyNights nights = new TinyNights(temporary, 5)) {
      nights.replace(
          "sql/crm/hubspot.sql", "scores.lead_id,", "nullif(scores.lead_id, '1002') AS lead_id,");
      TestRun run = nights.night(10);
      assertThat(run.run()).isEqualTo(ExitCode.DONE);
      assertThat(run.report().plan.skipped()).containsEntry(SkipReason.NO_LEAD, 1L);
      assertThat(run.report().plan.wanted()).isEqualTo(5);
    }
  }

  @Test
  void sendsASavedPlanUnlessItsGroundHasMoved() throws Exception {
    try (TinyNights nights = new TinyNights(temporary, 20)) {
      assertThat(nights.night(10).run()).isEqualTo(ExitCode.DONE);
      nights.happens("demo_requested", 10, 1001);
      Path saved = temporary.resolve("saved");
      save(nights, saved, 11);
      Path older = temporary.resolve("older");
      save(nights, older, 11);
      nights.crm.clearLog();

      assertThat(outdated(nights, saved, "mql.threshold=60"))
          .startsWith("the plan is outdated: the definition is now ");
      assertThat(nights.rowsSent()).isZero();

      assertThat(sync(nights, saved)).isEqualTo(ExitCode.DONE);
      assertThat(nights.rowsSent()).isEqualTo(1);
      assertThat(nights.crm.findContact("1001").orElseThrow()).containsEntry("mql", "true");

      assertThat(outdated(nights, older))
          .isEqualTo("the plan is outdated: the CRM was written to since the plan was made");
      assertThat(nights.rowsSent()).isEqualTo(1);
      Set<Path> plans = new HashSet<>();
      try (var all = Files.list(nights.project.resolve(".ripen/state/plans"))) {
        all.forEach(plans::add);
      }
      assertThat(plans).as("a refused plan leaves nothing in the state").hasSize(2);
    }
  }

  private static void save(TinyNights nights, Path directory, int day) {
    Workspace workspace = TestRun.workspace(nights.project, nights.settings(day));
    new PlanWorkflow(
            workspace,
            silent(),
            RunIds.next(Clock.systemUTC()),
            new dev.ripen.sync.LocalStateFiles(directory))
        .plan(false);
  }

  private static ExitCode sync(TinyNights nights, Path plan, String... more) {
    Workspace workspace = TestRun.workspace(nights.project, nights.settings(11, more));
    return new SyncWorkflow(workspace, silent(), false).sync(plan);
  }

  private static String outdated(TinyNights nights, Path plan, String... more) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> sync(nights, plan, more));
    assertThat(refused.problems().get(0).code()).isEqualTo(ErrorCode.PLAN_OUTDATED);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.STOPPED);
    return refused.problems().get(0).what();
  }
}
