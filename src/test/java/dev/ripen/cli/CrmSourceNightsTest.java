package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.adapters.Adapters;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import dev.ripen.crm.hubspot.HubSpotDestination;
import dev.ripen.crm.hubspot.HubSpotSandboxEdits;
import dev.ripen.crm.hubspot.HubSpotSettings;
import dev.ripen.http.FakeTime;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sandbox.FaultRule;
import dev.ripen.sandbox.LoggedRequest;
import dev.ripen.sandbox.SandboxOptions;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * A user without a warehouse: the project that init composes for HubSpot's API, night after night.
 * 220 contacts, of whom 200 are of the own company and get no score, so 20 are written to; the
 * CRM's clock stands at six in the morning. Every test goes on where the one before it ended.
 */
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CrmSourceNightsTest {
  private static final int CONTACTS = 220;
  private static final int SCORED = 20;
  private static final String SUBMISSION =
      "{\"type\":\"submissions\",\"form\":\"f-1\",\"id\":\"%s\",\"submittedAt\":%d,"
          + "\"pageUrl\":\"https://www.acme.example/demo\","
          + "\"values\":[{\"name\":\"email\",\"value\":\"p%d@northwind.example\"}]}\n";

  @TempDir static Path project;
  private final FakeTime time = new FakeTime();
  private SandboxServer crm;

  @BeforeAll
  void start() {
    Path data = project.resolve(".crm");
    Path seed = project.resolve("seed.jsonl");
    TestProjects.write(
        seed,
        IntStream.range(1000, 1000 + CONTACTS)
            .mapToObj(CrmSourceNightsTest::contact)
            .collect(Collectors.joining()));
    crm = SandboxServer.start(SandboxOptions.in(data).withClock(time).withSeed(seed));
    TestProjects.write(
        crm.records(),
        """
        {"type":"companies","id":"7001","createdAt":"2026-10-01T08:00:00Z","updatedAt":"2026-10-01T08:00:00Z","properties":{"name":"Northwind Ltd"}}
        {"type":"deals","id":"9001","createdAt":"2026-11-20T08:00:00Z","updatedAt":"2026-11-21T08:00:00Z","properties":{"amount":"900","dealstage":"won","hs_is_closed_won":"true","hs_is_closed":"true"},"contacts":["1002"],"history":{"dealstage":[{"value":"won","timestamp":"2026-11-21T08:00:00Z"}]}}
        {"type":"forms","id":"f-1","name":"Request a demo"}
        """
            + SUBMISSION.formatted("c-1", millis("2026-11-21T10:00:00Z"), 1000));
    Adapters.load()
        .project("acme-mql", List.of("hubspot-api"), List.of(), Optional.empty())
        .files()
        .forEach((path, text) -> TestProjects.write(project.resolve(path), connected(text)));
    TestProjects.write(project.resolve("hubspot.token"), "sandbox\n");
    provision();
  }

  private static String contact(int id) {
    // One of them was changed last: those that change together with it are read once more.
    String modified = id == 1000 ? "2026-10-02T08:00:00Z" : "2026-10-01T08:00:00Z";
    String domain = id < 1000 + SCORED ? "northwind.example" : "your-company.example";
    return """
        {"id":"%d","email":"p%d@%s","properties":{"jobtitle":"CTO","associatedcompanyid":"7001","createdate":"2026-10-01T08:00:00Z","lastmodifieddate":"%s"}}
        """
        .formatted(id, id, domain, modified);
  }

  /** Token and address, and no more tasks than such small tables need. */
  private String connected(String text) {
    return text.replace(
            "${?HUBSPOT_TOKEN} ",
            "\"file:hubspot.token\", base-url = \"" + crm.uri() + "\", api-version = \"2026-09\" ")
        .replace("signals {", "spark { sql.shuffle.partitions = 1 }\n\nsignals {");
  }

  private void provision() {
    try (HubSpotDestination somebody = somebody()) {
      var unused =
          somebody.provision(
              List.of(
                  new FieldSpec("mql", "MQL", FieldType.BOOLEAN, List.of()),
                  new FieldSpec("mql_level", "Level", FieldType.TEXT, List.of()),
                  new FieldSpec("mql_at", "At", FieldType.INSTANT, List.of()),
                  new FieldSpec("first_mql_at", "First", FieldType.INSTANT, List.of()),
                  new FieldSpec("mql_score", "Score", FieldType.NUMBER, List.of()),
                  new FieldSpec("mql_reasons", "Why", FieldType.LONG_TEXT, List.of())));
    }
  }

  private HubSpotDestination somebody() {
    return new HubSpotDestination(
        HubSpotSettings.of("hubspot", crm.uri().toString(), "2026-09", () -> "sandbox", 1),
        time,
        time);
  }

  private void edit(Map<String, String> fields, int... contacts) {
    List<RowWrite> rows = new ArrayList<>();
    for (int id : contacts) {
      rows.add(new RowWrite(id, "" + id, null, new HashMap<>(fields)));
    }
    try (HubSpotDestination somebody = somebody()) {
      var unused = somebody.write(WriteAction.UPDATE, rows);
    }
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private TestRun night(String... more) {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("as-of=" + time.instant());
    settings.add("destinations.hubspot.mode=live");
    crm.clearLog();
    return new TestRun(project, settings.toArray(String[]::new));
  }

  /** Contacts that were read by their ids; later requests are the sync's, before it writes. */
  private long contactsRead() {
    return crm.log().stream()
        .filter(request -> request.path().endsWith("/contacts/batch/read"))
        .mapToLong(LoggedRequest::rows)
        .findFirst()
        .orElse(0);
  }

  /** Pages of all contacts; the deleted ones take one. */
  private long contactPages() {
    return crm.log().stream()
        .filter(request -> request.method().equals("GET"))
        .filter(request -> request.path().endsWith("/objects/2026-09/contacts"))
        .count();
  }

  private static Map<String, Long> read(TestRun run) {
    return run.report().reads.stream()
        .collect(Collectors.toMap(RunReport.ReadRow::table, RunReport.ReadRow::records));
  }

  @AfterAll
  void stop() {
    crm.close();
  }

  @Test
  @Order(0)
  void checkLiveAsksTheCrmWhetherItHasAllThatIsRead() throws IOException {
    assertThat(sourceProblems()).isEmpty();
    Path conf = project.resolve("conf/ripen.conf");
    String right = Files.readString(conf);
    Files.writeString(conf, right.replace("industry, country ] }", "industri, country ] }"));
    assertThat(sourceProblems())
        .extracting(problem -> problem.code() + " " + problem.what() + " | " + problem.fix())
        .containsExactly(
            "CRM_FIELD_NOT_FOUND hubspot.companies: HubSpot has no property industri | did you mean"
                + " industry? Mend properties and history of the table in conf/ripen.conf; the"
                + " column would stay empty");
    Files.writeString(conf, right);
  }

  private List<Problem> sourceProblems() {
    Workspace workspace = TestRun.workspace(project);
    return CrmSources.problems(workspace, workspace.project().sources().get(0), "check");
  }

  @Test
  @Order(1)
  void plansNothingBeforeARunHasReadTheCrm() {
    TestRun before = night();
    ProblemException unread =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                new PlanWorkflow(
                        before.workspace(),
                        before.console(),
                        "plan",
                        new LocalStateFiles(project.resolve("saved")))
                    .plan(false));
    assertThat(unread.problems().get(0).code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(unread.problems().get(0).fix()).contains("ripen run");
    assertThat(contactPages()).isZero();
    assertThat(project.resolve(".ripen/state/source_records")).doesNotExist();
  }

  @Test
  @Order(2)
  void readsEverythingOnceAndScoresPeople() {
    TestRun first = night();

    assertThat(first.run()).isEqualTo(ExitCode.DONE);

    assertThat(read(first))
        .isEqualTo(
            Map.of(
                "hubspot.contacts", 220L,
                "hubspot.companies", 1L,
                "hubspot.deals", 1L,
                "hubspot.form_submissions", 1L));
    assertThat(contactPages()).as("with histories, pages of 50; one of deleted ones").isEqualTo(6);
    assertThat(first.report().leads).isEqualTo(CONTACTS);
    // A demo and a senior title.
    assertThat(first.report().mqls).isEqualTo(1);
    assertThat(first.report().sync.written()).isEqualTo(SCORED);
    assertThat(crm.findContact("1000").orElseThrow()).containsEntry("mql", "true");
    assertThat(first.messages())
        .contains("Read hubspot.contacts: 220 records (7 requests)")
        .doesNotContain("northwind.example");
    Row deal = first.committed("statuses").where("status = 'customer'").collectAsList().get(0);
    assertThat(deal.<String>getAs("lead_id")).isEqualTo("hubspot:1002");
    assertThat(first.committed("leads").where("company = 'Northwind Ltd'").count())
        .isEqualTo(CONTACTS);
    assertThat(project.resolve(".ripen/state/reading")).doesNotExist();
  }

  @Test
  @Order(3)
  void asksOnlyForWhatItWroteItselfAndWhatSalesChanged() throws IOException {
    time.advance(Duration.ofDays(1));
    edit(Map.of("jobtitle", "Intern"), 1001, 1100, 1101);
    Files.writeString(
        crm.records(),
        SUBMISSION.formatted("c-2", millis("2026-11-23T05:00:00Z"), 1003),
        StandardOpenOption.APPEND);
    TestRun second = night();

    assertThat(second.run()).isEqualTo(ExitCode.DONE);

    assertThat(contactPages()).as("only that of deleted ones").isEqualTo(1);
    assertThat(contactsRead()).as("20 of ours, and two more of sales").isEqualTo(SCORED + 2);
    assertThat(second.report().reads.get(0))
        .isEqualTo(new RunReport.ReadRow("hubspot.contacts", false, SCORED + 2, 4));
    assertThat(read(second)).containsEntry("hubspot.form_submissions", 1L);
    assertThat(read(second)).containsEntry("hubspot.deals", 0L);
    assertThat(second.report().leads).isEqualTo(CONTACTS);
    assertThat(second.report().mqls).isEqualTo(2);
    written = second.report().sync.written();
    assertThat(written).isBetween(1L, 19L);
  }

  @Test
  @Order(4)
  void leavesNothingHalfWhenItDiesAndReadsTheSameAgain() {
    time.advance(Duration.ofDays(1));
    edit(Map.of("jobtitle", "Clerk"), 1001, 1100, 1101);
    try (HubSpotSandboxEdits edits = new HubSpotSandboxEdits(crm)) {
      edits.archive("1150");
    }
    crm.faults().add(FaultRule.on("POST", ".*/deals/search").status(403));
    TestRun dying = night();
    ProblemException died = catchThrowableOfType(ProblemException.class, dying::run);
    assertThat(died.problems().get(0).code()).isEqualTo(ErrorCode.CRM_SCOPE_MISSING);
    assertThat(died.exitCode()).isEqualTo(ExitCode.CONFIG);
    long read = contactsRead();
    assertThat(read).as("what the night before wrote, and three").isBetween(3L, written + 3);
    crm.faults().clear();
    assertThat(titles(TestRun.workspace(project))).as("not committed").doesNotContain("Clerk");

    Workspace next = night().workspace();
    RunReport report = new RunReport();
    try (Locked ignored = Locked.take(next, "third")) {
      new Recovery(next, dying.console()).restore();
      new CrmReading(next, dying.console(), report).read("third", false);
      assertThat(contactsRead()).as("the same again").isEqualTo(read);
      assertThat(contactPages()).isEqualTo(1);
      assertThat(report.reads.get(0))
          .as("three that were edited, one that was deleted, and what the night before wrote")
          .isEqualTo(new RunReport.ReadRow("hubspot.contacts", false, read + 1, 4));
      assertThat(
              next.sourcesOfThisRun()
                  .table(List.of("hubspot", "contacts"))
                  .where("is_archived OR jobtitle = 'Clerk'")
                  .orderBy("id")
                  .select("id", "is_archived")
                  .collectAsList())
          .extracting(Row::toString)
          .containsExactly("[1001,false]", "[1100,false]", "[1101,false]", "[1150,true]");
    }
  }

  /** What the second night wrote after it had read; of those 1001 was edited since. */
  private long written;

  private static Set<String> titles(Workspace workspace) {
    return workspace
        .state()
        .committed("source_records")
        .orElseThrow()
        .selectExpr("properties['jobtitle']")
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .collect(Collectors.toSet());
  }
}
