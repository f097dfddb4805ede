package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.sandbox.FaultRule;
import dev.ripen.spark.RejectsTable.Fate;
import dev.ripen.sync.GuardResult;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.SkipReason;
import dev.ripen.testing.Golden;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a sync does from one night to the next, from sources to the CRM: one project and its nights
 * from the 10th of November on, a whole run each, so every test goes on where the one before it
 * ended. 2,700 leads have contacts whose field mql somebody has filled; 900 are MQLs.
 */
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SyncNightsTest {
  private static final String UPDATES = ".*/contacts/batch/update";
  private static final int LEADS = 2_700;
  private static final String NOBODY = "1002";
  private static final String LEAVER = "1003";
  private static final String EDITED = "1004";
  private static final String DISQUALIFIED = "1006";
  private static final String REJECTED = "2007";

  @TempDir static Path temporary;
  private TinyNights nights;
  private Instant firstRejectedAt;

  @BeforeAll
  void start() {
    nights = new TinyNights(temporary, LEADS);
    nights.provision(new FieldSpec("mql", "MQL", FieldType.BOOLEAN, List.of()));
    nights.editEveryone(LEADS, Map.of("mql", "true"));
    nights.provision(new FieldSpec("rank", "Rank", FieldType.NUMBER, List.of()));
    nights.addField(
        "rank",
        "{ policy = overwrite, on-drift = keep-ours }",
        "CASE WHEN scores.lead_id = '2007' THEN 'first' ELSE '1' END");
    nights.addField("mql_reasons", "on-qualification", "scores.reasons");
    nights.addField(
        "lifecyclestage",
        "forward-only",
        "CASE WHEN scores.is_mql THEN 'marketingqualifiedlead' END");
    nights.replace(
        "conf/ripen.conf",
        "mql_score = overwrite",
        "mql_score { policy = overwrite, min-change = 5, on-drift = keep-theirs }");
    nights.replace(
        "sql/crm/hubspot.sql", "scores.lead_id,", "nullif(scores.lead_id, '1002') AS lead_id,");
    nights.set("destinations.hubspot.live-since=2026-11-11");
  }

  @AfterAll
  void stop() {
    nights.close();
  }

  @Test
  @Order(10)
  void startsInShadowWhenTheCrmIsFilledAndTheStateKnowsOfNothing() {
    nights.crm.clearLog();
    TestRun lost = nights.night(10);

    assertThat(lost.run()).isEqualTo(ExitCode.DONE);

    assertThat(nights.rowsSent()).isZero();
    assertThat(lost.report().mode).isEqualTo("shadow");
    assertThat(lost.report().mqls).isEqualTo(900);
    assertThat(lost.messages())
        .contains(
            "2,699 records of the CRM have ripen's fields filled, but the state knows of none")
        .contains("restore it to " + nights.project.resolve(".ripen/state"))
        .contains("--set destinations.hubspot.adopt=true");
    // A row without a lead is no reason to stop.
    assertThat(lost.report().plan.skipped()).containsEntry(SkipReason.NO_LEAD, 1L);
    assertThat(lost.report().plan.wanted()).isEqualTo(LEADS);
  }

  @Test
  @Order(11)
  void stopsWhenTheRequestsOfTheDayAreUsedUp() {
    // After two batches.
    nights.crm.faults().add(FaultRule.on("POST", UPDATES).requests(3, 1_000).rateLimited("DAILY"));

    ProblemException stopped =
        catchThrowableOfType(
            ProblemException.class,
            () -> nights.night(11, "destinations.hubspot.adopt=true").run());

    assertThat(stopped.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(stopped.problems().get(0).code()).isEqualTo(ErrorCode.CRM_DAILY_LIMIT);
    nights.crm.faults().clear();
  }

  @Test
  @Order(12)
  void goesLiveOnNineHundredMqlsWithoutTriggeringAnythingAndSendsDeferredRowsFirst()
      throws Exception {
    nights.happens("demo_requested", 11, 1001);
    TestRun live = nights.night(12);

    assertThat(live.run()).isEqualTo(ExitCode.REJECTED);

    assertThat(live.report().sync.written()).isEqualTo(LEADS - 1 - 200);
    assertThat(live.report().sync.rejected()).isEqualTo(1);
    List<String> order = nights.leadsInOrder(live.report().runId);
    assertThat(order).hasSize(LEADS - 200);
    assertThat(order.subList(0, LEADS - 201))
        .allSatisfy(lead -> assertThat(lead).isGreaterThan("1200"));
    assertThat(order.get(LEADS - 201)).isEqualTo("1001");
    assertThat(live.committed("deferred").isEmpty()).isTrue();
    for (int id = 1000; id < 1000 + LEADS; id += 3) {
      assertThat(contact("" + id))
          .containsEntry("mql", "true")
          .containsEntry("mql_at", "2026-11-03T09:00:00.000Z")
          .doesNotContainKeys("lifecyclestage", "mql_reasons");
    }
    // Who qualifies from then on gets all of it.
    assertThat(contact("1001"))
        .containsEntry("mql", "true")
        .containsEntry("lifecyclestage", "marketingqualifiedlead")
        .containsKey("mql_reasons");
    assertThatTheRejectIsKept(live);
  }

  private void assertThatTheRejectIsKept(TestRun live) {
    Row reject = onlyReject(live);
    assertThat(reject.<String>getAs("lead_id")).isEqualTo(REJECTED);
    assertThat(reject.<String>getAs("record_id")).isEqualTo(REJECTED);
    assertThat(reject.<String>getAs("code")).isEqualTo("INVALID_VALUE");
    assertThat(reject.<String>getAs("message")).contains("rank").contains("first");
    assertThat(reject.<String, String>getJavaMap(reject.fieldIndex("fields")))
        .containsEntry("rank", "first");
    assertThat(reject.<Integer>getAs("attempts")).isEqualTo(1);
    firstRejectedAt = reject.getAs("first_at");
    assertThat(reject.<Instant>getAs("last_at")).isEqualTo(firstRejectedAt);
  }

  @Test
  @Order(13)
  void asksTheCrmNothingOnANightOnWhichScoresMoveLessThanMinChange() {
    for (int day = 10; day <= 12; day++) {
      nights.everyone("page", day, 1_000);
    }
    nights.crm.clearLog();
    TestRun quiet = nights.night(13, "guards.reject-limit=1");

    assertThat(quiet.run()).isEqualTo(ExitCode.DONE);

    assertThat(quiet.report().signals).as("scores moved").isGreaterThanOrEqualTo(3 * 1_000);
    assertThat(quiet.report().plan.unchanged()).isEqualTo(LEADS - 2);
    assertThat(quiet.report().plan.blocked()).as("the reject is not sent again").isEqualTo(1);
    assertThat(nights.crm.log()).isEmpty();
    assertThat(quiet.report().crmRequests).isZero();
    assertThat(quiet.report().guards)
        .contains(
            new GuardResult(
                "reject-limit", GuardResult.Status.PASSED, "1 rejected records wait", ""));
  }

  @Test
  @Order(14)
  void sendsARejectedRowAgainWhenSomebodySaysSoAndRespectsSales() throws Exception {
    Workspace workspace = TestRun.workspace(nights.project, nights.settings(13));
    assertThat(new RejectDecision(workspace, silent()).decide(List.of(REJECTED), Fate.RETRY))
        .isEqualTo(1);
    nights.replace("data/leads.csv", "lead3@northwind.example", "lead3@acme.example");
    TestProjects.write(
        nights.project.resolve("sql/statuses.sql"),
        """
        -- One row per status change.
        SELECT lead_id, 'disqualified' AS status, TIMESTAMP '2026-11-13 12:00:00' AS occurred_at,
          'no budget' AS reason, CAST(NULL AS DECIMAL(18, 2)) AS amount
        FROM stg_leads
        WHERE lead_id = '1006'
        """);
    TestRun retried = nights.night(14, "destinations.hubspot.leavers=keep");

    assertThat(retried.run()).as("not new, so no alarm").isEqualTo(ExitCode.DONE);

    assertThat(nights.leadsInOrder(retried.report().runId))
        .containsExactlyInAnyOrder(DISQUALIFIED, REJECTED);
    assertThat(onlyReject(retried).<Integer>getAs("attempts")).isEqualTo(2);
    assertThat(onlyReject(retried).<Instant>getAs("first_at")).isEqualTo(firstRejectedAt);
    assertThat(onlyReject(retried).<Instant>getAs("last_at")).isAfter(firstRejectedAt);
    assertThat(contact(DISQUALIFIED)).containsEntry("mql", "false");
    assertThat(contact(LEAVER)).as("leavers = keep").containsEntry("mql", "true");
  }

  @Test
  @Order(15)
  void clearsTheFlagOfAPersonWhoLeavesTheDefinitionAndKeepsTheDates() throws Exception {
    // However much he does: only what the definition says makes him an MQL again.
    nights.happens("demo_requested", 14, 1006);
    TestRun next = nights.night(15);

    assertThat(next.run()).isEqualTo(ExitCode.DONE);

    assertThat(next.report().excluded).isEqualTo(1);
    assertThat(nights.leadsInOrder(next.report().runId))
        .containsExactlyInAnyOrder(LEAVER, DISQUALIFIED);
    assertThat(next.report().sync.written()).isEqualTo(2);
    assertThat(contact(LEAVER))
        .containsEntry("mql", "false")
        .containsEntry("mql_at", "2026-11-03T09:00:00.000Z")
        .containsEntry("mql_score", "55");
    assertThat(contact(DISQUALIFIED))
        .containsEntry("mql", "false")
        .containsEntry("mql_score", "86");
    assertThat(contact("1000")).containsEntry("mql", "true");
  }

  @Test
  @Order(16)
  void sendsARejectedRowAgainWhenItHasChangedAndLeaversOnlyOnce() {
    nights.replace("sql/crm/hubspot.sql", "'first'", "'2'");
    nights.crm.clearLog();
    TestRun mended = nights.night(16);

    assertThat(mended.run()).isEqualTo(ExitCode.DONE);

    assertThat(mended.report().sync.written()).isEqualTo(1);
    assertThat(nights.rowsSent()).isEqualTo(1);
    assertThat(mended.committed("rejects").isEmpty()).isTrue();
    assertThat(contact(REJECTED)).containsEntry("rank", "2");
    assertThat(contact(NOBODY)).doesNotContainKey("rank");
  }

  @Test
  @Order(17)
  void showsWhatWasEditedInTheCrmAndKeepsToThePolicyOfEachField() throws Exception {
    nights.happens("demo_requested", 16, 1004);
    nights.edit(
        EDITED, Map.of("rank", "7", "mql_score", "99", "mql_at", "2026-01-05T10:00:00.000Z"));
    // Whose score moves, and nothing else.
    nights.happens("unsubscribed", 15, 1005);
    nights.happens("unsubscribed", 16, 1005);
    nights.edit("1005", Map.of("mql_score", "42"));
    Path saved = temporary.resolve("saved");

    PlanSummary plan = savePlan(saved);

    PlanView view = new PlanView(new LocalStateFiles(saved), plan, "hubspot");
    Golden.assertMatches("plan/live-drift.txt", view.text(20, false, ZoneOffset.UTC) + "\n");
    ObjectNode json = view.json(List.of());
    Golden.assertMatches(
        "plan/live-drift.json", json.retain("changes", "left_alone").toPrettyString() + "\n");
    copy(saved, temporary.resolve("older"));
    nights.crm.clearLog();

    assertThat(sync(saved)).isEqualTo(ExitCode.DONE);

    assertThat(nights.rowsSent()).isEqualTo(1);
    assertThat(contact(EDITED))
        .as("theirs, ours, and reported only until the model says something new")
        .containsEntry("mql_score", "99")
        .containsEntry("rank", "1")
        .containsEntry("mql_at", "2026-11-16T09:00:00.000Z");
    assertThat(contact("1005")).containsEntry("mql_score", "42");
  }

  @Test
  @Order(18)
  void refusesASavedPlanWhoseGroundHasMoved() throws Exception {
    Path older = temporary.resolve("older");
    Set<Path> plans = plans();
    nights.crm.clearLog();

    assertThat(outdated(older, "mql.threshold=60"))
        .startsWith("the plan is outdated: the definition is now ");
    assertThat(outdated(older))
        .isEqualTo("the plan is outdated: the CRM was written to since the plan was made");

    assertThat(nights.rowsSent()).isZero();
    assertThat(plans()).as("a refused plan leaves nothing in the state").isEqualTo(plans);
  }

  private Map<String, String> contact(String id) {
    return nights.crm.findContact(id).orElseThrow();
  }

  private static Row onlyReject(TestRun run) {
    List<Row> rows = run.committed("rejects").collectAsList();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static Console silent() {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    return new Console(nowhere, nowhere, false, false, false);
  }

  private PlanSummary savePlan(Path directory) {
    Workspace workspace = TestRun.workspace(nights.project, nights.settings(17));
    return new PlanWorkflow(
            workspace, silent(), RunIds.next(Clock.systemUTC()), new LocalStateFiles(directory))
        .plan(true);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private ExitCode sync(Path plan, String... more) {
    Workspace workspace = TestRun.workspace(nights.project, nights.settings(17, more));
    return new SyncWorkflow(workspace, silent(), false).sync(plan);
  }

  private String outdated(Path plan, String... more) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> sync(plan, more));
    assertThat(refused.problems().get(0).code()).isEqualTo(ErrorCode.PLAN_OUTDATED);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.STOPPED);
    return refused.problems().get(0).what();
  }

  private Set<Path> plans() throws IOException {
    try (Stream<Path> all = Files.list(nights.project.resolve(".ripen/state/plans"))) {
      return all.collect(Collectors.toSet());
    }
  }
}
