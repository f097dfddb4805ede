package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.DestinationSettings.Create;
import dev.ripen.config.FieldPolicy;
import dev.ripen.config.Guards;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.WriteAction;
import dev.ripen.crm.hubspot.HubSpotDestination;
import dev.ripen.crm.hubspot.HubSpotSettings;
import dev.ripen.http.Sleeper;
import dev.ripen.sandbox.SandboxOptions;
import dev.ripen.sandbox.SandboxServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whose contact is it? From planning to the built-in CRM over HTTP, with creating allowed; in no
 * case there are two contacts for one person afterwards.
 */
class ContactIdentityTest {
  private static final List<String> CONTACTS =
      List.of(
          "{\"id\":\"501\",\"email\":\"ada@northwind.example\"}",
          "{\"id\":\"502\",\"email\":\"grace@northwind.example\","
              + "\"additionalEmails\":[\"grace@home.example\"]}",
          "{\"id\":\"503\",\"email\":\"alan@northwind.example\",\"mergedIds\":[\"403\"]}",
          "{\"id\":\"504\",\"email\":\"kurt@northwind.example\"}");

  @TempDir Path directory;
  private SandboxServer crm;
  private HubSpotDestination destination;
  private final DestinationSettings settings =
      Rows.settings(
          Create.MISSING,
          null,
          List.of(RecordKey.Kind.RECORD_ID, RecordKey.Kind.EMAIL),
          Map.of("mql", Rows.policy(FieldPolicy.Kind.OVERWRITE)));
  private RowPlanner planner;

  @BeforeEach
  void start() throws IOException {
    Path seed = directory.resolve("seed.jsonl");
    Files.write(seed, CONTACTS);
    crm = SandboxServer.start(SandboxOptions.in(directory.resolve("crm")).withSeed(seed));
    destination =
        new HubSpotDestination(
            HubSpotSettings.of("hubspot", crm.uri().toString(), "2026-09", () -> "sandbox", 2),
            Clock.systemUTC(),
            Sleeper.system());
    destination.provision(List.of(new FieldSpec("mql", "MQL", FieldType.BOOLEAN, List.of())));
    planner = RowPlanner.of(settings, destination.describeFields(), Rows.BERLIN, "a41f9c");
  }

  @AfterEach
  void stop() {
    destination.close();
    crm.close();
  }

  private static WantedRow lead(String id, @Nullable String recordId, @Nullable String email) {
    return new WantedRow(id, recordId, email, Map.of("mql", "true"), true, null, Rows.MQL_AT, "");
  }

  private static LedgerRow known(String id, String recordId) {
    return new LedgerRow(
        id, recordId, Map.of("mql", "false"), false, null, null, Rows.ACKNOWLEDGED_AT, "run-1");
  }

  private Candidate changed(WantedRow wanted, @Nullable LedgerRow ledger) {
    return planner.firstPass(wanted, ledger, null);
  }

  /** Plans and sends; gives for each row what was planned. */
  private List<String> sync(Candidate... candidates) {
    StateFiles files = new LocalStateFiles(directory.resolve("state"));
    try (PlanWriter writer = new PlanWriter(files, "run-1");
        LiveResolver resolver =
            new LiveResolver(
                planner, destination, RecordOwners.NONE, List.of(candidates).iterator())) {
      List<String> planned = new java.util.ArrayList<>();
      while (resolver.hasNext()) {
        PlannedRow row = writer.add(resolver.next());
        planned.add(
            row.leadId()
                + " "
                + row.action()
                + " "
                + (row.skipReason() == null ? row.recordId() : row.skipReason()));
      }
      writer.freeze(
          new PlanSummary(
              "run-1", "hubspot", Instant.EPOCH, "a41f9c", 1, WriteAction.CREATE, PlanTotals.NONE));
      Guards guards =
          new Guards(
              9, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
      SyncResult result =
          new SyncRunner(files, destination, settings, guards, Clock.systemUTC())
              .run("run-1", SyncProgress.SILENT);
      assertThat(result.rejected() + result.deferred()).isZero();
      return planned;
    }
  }

  private Map<String, String> contact(String id) {
    return crm.findContact(id).orElseThrow();
  }

  @Test
  void keepsToTheRecordAndItsAddressWhenTheLeadsEmailChanges() {
    assertThat(sync(changed(lead("a", "501", "ada@newjob.example"), known("a", "501"))))
        .containsExactly("a UPDATE 501");
    assertThat(contact("501"))
        .containsEntry("mql", "true")
        .containsEntry("email", "ada@northwind.example");
    assertThat(crm.contactCount()).isEqualTo(4);
  }

  @Test
  void findsAContactByASecondaryAddressAndLeavesTheMainOne() {
    assertThat(sync(changed(lead("a", null, "grace@home.example"), null)))
        .containsExactly("a UPDATE 502");
    assertThat(contact("502"))
        .containsEntry("mql", "true")
        .containsEntry("email", "grace@northwind.example");
    assertThat(crm.contactCount()).isEqualTo(4);
  }

  @Test
  void writesToTheContactThatIsLeftAfterAMerge() {
    assertThat(sync(changed(lead("a", "403", "alan@northwind.example"), null)))
        .containsExactly("a UPDATE 503");
    assertThat(contact("503")).containsEntry("mql", "true");
    assertThat(crm.contactCount()).isEqualTo(4);
  }

  @Test
  void noticesAMergeOfAContactThatTheLedgerKnows() {
    assertThat(sync(changed(lead("a", "503", null), known("a", "403"))))
        .containsExactly("a UPDATE 503");
    assertThat(contact("503")).containsEntry("mql", "true");
  }

  @Test
  void createsNobodyAnewWhoWasArchived() throws Exception {
    HttpRequest archive =
        HttpRequest.newBuilder(URI.create(crm.uri() + "/crm/objects/2026-09/contacts/504"))
            .header("Authorization", "Bearer sandbox")
            .DELETE()
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(archive, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(204);
    WantedRow known = lead("a", null, "kurt@northwind.example");
    Candidate looked = planner.firstPass(known, known("a", "504"), null);
    Candidate notFound =
        planner.firstPass(
            known,
            known("a", "504"),
            new KnownReject(looked.content(), "a41f9c", dev.ripen.crm.RejectCode.RECORD_NOT_FOUND));

    assertThat(sync(notFound, changed(lead("b", "504", "kurt@northwind.example"), null)))
        .containsExactly("a SKIPPED RECORD_GONE", "b SKIPPED NO_CONTACT");
    assertThat(crm.contactCount()).isEqualTo(3);
  }

  @Test
  void givesTheContactToTheFirstOfTwoLeadsWithOneAddress() {
    assertThat(
            sync(
                changed(lead("a", null, "ada@northwind.example"), null),
                changed(lead("b", null, "ada@northwind.example"), null)))
        .containsExactly("a UPDATE 501", "b SKIPPED DUPLICATE_RECORD");
    assertThat(crm.contactCount()).isEqualTo(4);
  }

  @Test
  void createsOneContactForTwoLeadsWithOneNewAddress() {
    assertThat(
            sync(
                changed(lead("a", null, "new@northwind.example"), null),
                changed(lead("b", null, "new@northwind.example"), null)))
        .containsExactly("a CREATE null", "b SKIPPED DUPLICATE_RECORD");
    assertThat(crm.contactCount()).isEqualTo(5);
  }

  @Test
  void believesTheRecordIdWhereTheAddressNamesAnotherContact() {
    assertThat(sync(changed(lead("a", "501", "kurt@northwind.example"), null)))
        .containsExactly("a UPDATE 501");
    assertThat(contact("501")).containsEntry("mql", "true");
    assertThat(contact("504")).doesNotContainKey("mql");
    assertThat(crm.contactCount()).isEqualTo(4);
  }
}
