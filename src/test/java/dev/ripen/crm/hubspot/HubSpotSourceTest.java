package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.crm.CrmRecord;
import dev.ripen.crm.CrmTable;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import dev.ripen.http.FakeTime;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sandbox.FaultRule;
import dev.ripen.sandbox.LoggedRequest;
import dev.ripen.sandbox.SandboxOptions;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.sandbox.SandboxToken;
import dev.ripen.testing.TestProjects;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the built-in CRM over HTTP. */
class HubSpotSourceTest {
  private static final Instant CREATED = Instant.parse("2026-10-01T08:00:00Z");
  private static final CrmTable CONTACTS =
      new CrmTable("contacts", List.of("email", "jobtitle"), List.of());
  private static final CrmTable DEALS =
      new CrmTable("deals", List.of("amount"), List.of("dealstage"));
  private static final CrmTable SUBMISSIONS =
      new CrmTable("form_submissions", List.of(), List.of());

  @TempDir Path directory;
  private final FakeTime time = new FakeTime();
  private SandboxServer server;
  private HubSpotSource source;

  /** Contacts from 1001 on, all changed at the same moment. */
  private void start(int contacts, SandboxToken... tokens) {
    Path seed = directory.resolve("seed.jsonl");
    TestProjects.write(
        seed,
        IntStream.rangeClosed(1001, 1000 + contacts)
            .mapToObj(
                id ->
                    "{'id':'%d','email':'p%d@northwind.example','properties':{'createdate':'%s','lastmodifieddate':'%s'}}\n"
                        .formatted(id, id, CREATED, CREATED)
                        .replace('\'', '"'))
            .collect(Collectors.joining()));
    SandboxOptions options =
        SandboxOptions.in(directory.resolve("data")).withClock(time).withSeed(seed);
    server = SandboxServer.start(tokens.length == 0 ? options : options.withTokens(tokens));
    source = source("sandbox");
  }

  private HubSpotSource source(String token) {
    return new HubSpotSource(settings(token), new HubSpotPaces(time, time), time, time);
  }

  private HubSpotSettings settings(String token) {
    return HubSpotSettings.of("hubspot", server.uri().toString(), "2026-09", () -> token, 1);
  }

  @AfterEach
  void stop() {
    source.close();
    server.close();
  }

  private Map<String, Instant> read(
      CrmTable table, Map<String, Instant> since, List<CrmRecord> into) {
    server.clearLog();
    return source.read(table, since, into::add);
  }

  private List<String> requests() {
    return server.log().stream()
        .map(r -> r.path().replaceFirst(".*/2026-09/", "").replaceFirst("^/", "") + " " + r.rows())
        .toList();
  }

  private void edit(int... contacts) {
    List<RowWrite> rows = new ArrayList<>();
    for (int id : contacts) {
      rows.add(new RowWrite(id, "" + id, null, new HashMap<>(Map.of("jobtitle", "CTO"))));
    }
    try (HubSpotDestination somebody = new HubSpotDestination(settings("sandbox"), time, time)) {
      var unused = somebody.write(WriteAction.UPDATE, rows);
    }
  }

  private static List<String> ids(List<CrmRecord> records) {
    return records.stream().map(CrmRecord::id).toList();
  }

  @Test
  void readsAllPagesAndThenOnlyWhatWasChanged() {
    start(230);
    List<CrmRecord> all = new ArrayList<>();
    Map<String, Instant> watermark = read(CONTACTS, Map.of(), all);
    assertThat(ids(all)).hasSize(230).doesNotHaveDuplicates();
    assertThat(watermark).isEqualTo(Map.of("", CREATED));
    assertThat(requests())
        .as("the newest change before the first record; the last list is of deleted ones")
        .containsExactly(
            "contacts/search 0", "contacts 0", "contacts 0", "contacts 0", "contacts 0");

    time.advance(Duration.ofHours(1));
    edit(1007, 1003, 1150);
    List<CrmRecord> changed = new ArrayList<>();
    // Nobody changed the others for longer than the index may be late.
    Map<String, Instant> next = read(CONTACTS, Map.of("", CREATED.plusSeconds(601)), changed);
    assertThat(ids(changed)).containsExactlyInAnyOrder("1003", "1007", "1150");
    assertThat(changed.get(0).properties())
        .containsEntry("jobtitle", "CTO")
        .containsKey("email")
        .hasSize(2);
    assertThat(requests())
        .containsExactly(
            "contacts/search 0", "contacts/search 0", "contacts/batch/read 3", "contacts 0");
    assertThat(next.get("")).isEqualTo(time.instant());
  }

  @Test
  void neitherLosesNorRepeatsRecordsThatChangedInOneMillisecond() {
    start(450);
    List<CrmRecord> read = new ArrayList<>();
    Map<String, Instant> next = read(CONTACTS, Map.of("", CREATED), read);
    assertThat(ids(read)).hasSize(450).doesNotHaveDuplicates();
    assertThat(next).isEqualTo(Map.of("", CREATED));
    assertThat(server.log().stream().filter(r -> r.path().endsWith("/search"))).hasSize(1 + 3);
  }

  @Test
  void readsADeletedContactAsOne() {
    start(3);
    try (HubSpotSandboxEdits edits = new HubSpotSandboxEdits(server)) {
      edits.archive("1002");
    }
    List<CrmRecord> read = new ArrayList<>();
    var unused = read(CONTACTS, Map.of("", CREATED.plusSeconds(3600)), read);
    assertThat(read)
        .extracting(CrmRecord::id, CrmRecord::archived)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("1002", true));
  }

  @Test
  void readsDealsWithTheirContactsAndStages() {
    start(1);
    TestProjects.write(
        server.records(),
        """
        {"type":"deals","id":"7","createdAt":"2026-11-01T09:00:00Z","updatedAt":"2026-11-02T09:00:00Z","properties":{"amount":"900"},"contacts":["1001","1002"],"history":{"dealstage":[{"value":"won","timestamp":"2026-11-02T09:00:00.000Z"}]}}
        {"type":"deals","id":"8","createdAt":"2026-11-01T09:00:00Z","updatedAt":"2026-11-01T09:00:00Z","properties":{}}
        """);
    List<CrmRecord> read = new ArrayList<>();
    Map<String, Instant> next = read(DEALS, Map.of(), read);
    assertThat(read).hasSize(2);
    assertThat(read.get(0))
        .isEqualTo(
            new CrmRecord(
                "7",
                Instant.parse("2026-11-01T09:00:00Z"),
                Instant.parse("2026-11-02T09:00:00Z"),
                false,
                Map.of("amount", "900"),
                List.of(
                    new CrmRecord.Change(
                        "dealstage", "won", Instant.parse("2026-11-02T09:00:00Z"))),
                List.of("1001", "1002")));
    assertThat(read.get(1).contactIds()).isEmpty();
    assertThat(next).isEqualTo(Map.of("", Instant.parse("2026-11-02T09:00:00Z")));
  }

  @Test
  void readsSubmissionsBackToTheLastOneAndADay() {
    start(0);
    StringBuilder lines =
        new StringBuilder("{\"type\":\"forms\",\"id\":\"f-1\",\"name\":\"Demo\"}\n");
    lines.append("{\"type\":\"forms\",\"id\":\"f-2\",\"name\":\"Nobody's\"}\n");
    Instant first = Instant.parse("2026-11-01T00:00:00Z");
    for (int hour = 0; hour < 120; hour++) {
      lines.append(
          "{\"type\":\"submissions\",\"form\":\"f-1\",\"id\":\"c-%d\",\"submittedAt\":%d,\"values\":[{\"name\":\"email\",\"value\":\"p%d@northwind.example\"}]}\n"
              .formatted(hour, first.plus(Duration.ofHours(hour)).toEpochMilli(), hour));
    }
    TestProjects.write(server.records(), lines.toString());
    List<CrmRecord> all = new ArrayList<>();
    Map<String, Instant> watermarks = read(SUBMISSIONS, Map.of(), all);
    assertThat(ids(all)).hasSize(120).startsWith("c-119").doesNotHaveDuplicates();
    assertThat(all.get(0).properties())
        .containsEntry("form_id", "f-1")
        .containsEntry("form_name", "Demo")
        .containsEntry("email", "p119@northwind.example");
    assertThat(watermarks).isEqualTo(Map.of("f-1", first.plus(Duration.ofHours(119))));

    List<CrmRecord> again = new ArrayList<>();
    assertThat(read(SUBMISSIONS, watermarks, again)).isEqualTo(watermarks);
    assertThat(ids(again)).as("one day").hasSize(25).contains("c-119", "c-95");
    assertThat(server.log()).as("the forms, and one page of each").hasSize(3);
  }

  @Test
  void namesTheScopeThatIsMissing() {
    start(1, SandboxToken.withoutSchemaScopes("narrow", "narrow"));
    source = source("narrow");
    Problem problem = problem(DEALS);
    assertThat(problem.code()).isEqualTo(ErrorCode.CRM_SCOPE_MISSING);
    assertThat(problem.what()).contains("the token lacks the scopes crm.objects.deals.read");
    assertThat(problem.fix()).contains("crm.objects.companies.read");
    assertThat(problem(SUBMISSIONS).what()).contains("the token lacks the scopes forms");
    assertThat(problem.code().exitCode()).isEqualTo(ExitCode.CONFIG);

    source = source("wrong");
    assertThat(problem(CONTACTS).code()).isEqualTo(ErrorCode.CRM_TOKEN_REFUSED);
    assertThat(problem(CONTACTS).fix()).contains("sources.hubspot.token").doesNotContain("wrong");
  }

  @Test
  void waitsWhereItIsToldToAndGivesUpOnADeadCrm() {
    start(120);
    server.faults().add(FaultRule.on("POST", ".*/search").requests(1, 1).rateLimited("SECONDLY"));
    server.faults().add(FaultRule.on("GET", ".*/contacts").requests(2, 2).status(503));
    List<CrmRecord> read = new ArrayList<>();
    var unused = read(CONTACTS, Map.of(), read);
    assertThat(ids(read)).hasSize(120).doesNotHaveDuplicates();
    assertThat(source.traffic().retries()).isEqualTo(2);

    server.faults().add(FaultRule.on("GET", ".*/contacts").status(502));
    Problem dead = problem(CONTACTS);
    assertThat(dead.code().exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(dead.fix()).contains("ripen run");
  }

  @Test
  void saysWhichPropertiesAreUnknown() {
    start(1);
    assertThat(
            source.unknownProperties(
                new CrmTable("contacts", List.of("email", "jobtitel"), List.of("lifecyclestge"))))
        .containsExactly("jobtitel", "lifecyclestge");
    assertThat(source.unknownProperties(SUBMISSIONS)).isEmpty();
  }

  @Test
  void sharesOnePacePerCredential() {
    start(0);
    HubSpotPaces paces = new HubSpotPaces(time, time);
    assertThat(paces.of(settings("a"))).isSameAs(paces.of(settings("a")));
    assertThat(paces.of(settings("a"))).isNotSameAs(paces.of(settings("b")));
  }

  @Test
  void sendsNoMoreSearchesThanTheAccountAllows() {
    start(1_300);
    List<CrmRecord> read = new ArrayList<>();
    Instant before = time.instant();
    var unused = read(CONTACTS, Map.of("", CREATED), read);
    long searches =
        server.log().stream().map(LoggedRequest::path).filter(p -> p.endsWith("/search")).count();
    assertThat(searches).isEqualTo(1 + 7);
    assertThat(Duration.between(before, time.instant())).isGreaterThan(Duration.ofSeconds(1));
  }

  private Problem problem(CrmTable table) {
    return catchThrowableOfType(
            ProblemException.class, () -> source.read(table, Map.of(), record -> {}))
        .problems()
        .get(0);
  }
}
