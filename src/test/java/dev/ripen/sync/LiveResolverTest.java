package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.config.DestinationSettings.Create;
import dev.ripen.crm.RecordKey;
import dev.ripen.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveResolverTest {
  private final RowPlanner planner = Rows.planner();

  private static WantedRow lead(String id, @Nullable String recordId, @Nullable String email) {
    return new WantedRow(id, recordId, email, Map.of("mql", "true"), true, null, null, "");
  }

  private static LedgerRow known(String id, String recordId) {
    return new LedgerRow(
        id, recordId, Map.of("mql", "false"), false, null, null, Rows.ACKNOWLEDGED_AT, "run-1");
  }

  private Candidate changed(WantedRow wanted, @Nullable LedgerRow ledger) {
    return planner.firstPass(wanted, ledger, null);
  }

  private static List<String> texts(LiveResolver resolver) {
    List<String> texts = new ArrayList<>();
    resolver.forEachRemaining(
        row ->
            texts.add(
                row.leadId()
                    + " "
                    + row.action()
                    + " "
                    + (row.skipReason() == null ? row.recordId() : row.skipReason())));
    return texts;
  }

  private List<String> resolve(FakeCrm crm, RecordOwners owners, List<Candidate> candidates) {
    try (LiveResolver resolver = new LiveResolver(planner, crm, owners, candidates.iterator())) {
      return texts(resolver);
    }
  }

  @Test
  void readsInFullBatchesAndKeepsTheOrder() {
    FakeCrm crm = new FakeCrm();
    List<Candidate> candidates = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int n = 1; n <= 2_000; n++) {
      WantedRow wanted = Rows.numbered(n);
      crm.with(String.valueOf(wanted.recordId()), wanted.email(), Map.of());
      candidates.add(changed(wanted, null));
      expected.add(wanted.leadId() + " UPDATE " + wanted.recordId());
    }
    assertThat(resolve(crm, RecordOwners.NONE, candidates)).isEqualTo(expected);
    assertThat(crm.reads()).hasSize(20);
  }

  @Test
  void asksNothingForRowsThatTheLedgerVouchesFor() {
    FakeCrm crm = new FakeCrm();
    assertThat(
            resolve(
                crm, RecordOwners.NONE, List.of(changed(lead("a", null, null), known("a", "1")))))
        .containsExactly("a UPDATE 1");
    assertThat(crm.reads()).isEmpty();
  }

  @Test
  void triesTheEmailWhenTheWarehousesRecordIsGone() {
    FakeCrm crm = new FakeCrm().with("7", "ada@northwind.example", Map.of());
    assertThat(
            resolve(
                crm,
                RecordOwners.NONE,
                List.of(
                    changed(lead("a", "99", "ada@northwind.example"), null),
                    changed(lead("b", "98", "bob@northwind.example"), null))))
        .containsExactly("a UPDATE 7", "b SKIPPED NO_CONTACT");
    assertThat(crm.reads())
        .containsExactly(
            List.of(RecordKey.ofRecordId("99"), RecordKey.ofRecordId("98")),
            List.of(
                RecordKey.ofEmail("ada@northwind.example"),
                RecordKey.ofEmail("bob@northwind.example")));
  }

  @Test
  void followsAMergeInTheCrm() {
    FakeCrm crm = new FakeCrm().with("7", null, Map.of()).merge("6", "7");
    assertThat(resolve(crm, RecordOwners.NONE, List.of(changed(lead("a", "6", null), null))))
        .containsExactly("a UPDATE 7");
  }

  @Test
  void givesARecordToTheFirstOfTwoLeads() {
    FakeCrm crm = new FakeCrm().with("7", "ada@northwind.example", Map.of()).merge("6", "7");
    assertThat(
            resolve(
                crm,
                RecordOwners.NONE,
                List.of(
                    changed(lead("a", null, "ada@northwind.example"), null),
                    changed(lead("b", "6", null), null),
                    changed(lead("c", "7", null), null))))
        .containsExactly("a UPDATE 7", "b SKIPPED DUPLICATE_RECORD", "c SKIPPED DUPLICATE_RECORD");
  }

  @Test
  void leavesARecordToTheLeadThatHasItInTheLedger() {
    FakeCrm crm = new FakeCrm().with("7", "ada@northwind.example", Map.of());
    RecordOwners owners = recordIds -> Map.of("7", "z");
    assertThat(
            resolve(
                crm,
                owners,
                List.of(
                    changed(lead("a", null, "ada@northwind.example"), null),
                    changed(lead("z", null, null), known("z", "7")))))
        .containsExactly("a SKIPPED DUPLICATE_RECORD", "z UPDATE 7");
  }

  @Test
  void createsOnePersonOnce() {
    RowPlanner creating =
        Rows.planner(
            Rows.settings(Create.MISSING, null, List.of(RecordKey.Kind.EMAIL), Rows.policies()));
    List<Candidate> twice =
        List.of(
            creating.firstPass(lead("a", null, "new@northwind.example"), null, null),
            creating.firstPass(lead("b", null, "new@northwind.example"), null, null));
    try (LiveResolver resolver =
        new LiveResolver(creating, new FakeCrm(), RecordOwners.NONE, twice.iterator())) {
      assertThat(texts(resolver)).containsExactly("a CREATE null", "b SKIPPED DUPLICATE_RECORD");
    }
  }

  @Test
  void plansFromWhatIsKnownWhereItCannotRead() {
    List<Candidate> candidates =
        List.of(
            changed(lead("a", "7", null), null),
            changed(lead("b", null, "bob@northwind.example"), null));
    try (LiveResolver resolver =
        LiveResolver.withoutReading(planner, RecordOwners.NONE, candidates.iterator())) {
      List<PlannedRow> rows = new ArrayList<>();
      resolver.forEachRemaining(rows::add);
      assertThat(rows).extracting(PlannedRow::action).containsOnly(PlanAction.UPDATE);
      assertThat(rows)
          .extracting(PlannedRow::reasons)
          .containsOnly(List.of("first sync", "not looked up"));
    }
  }

  @Test
  void passesOnThatTheCrmIsUnavailable() {
    FakeCrm crm = new FakeCrm().failingAt(1, FakeCrm.unavailable());
    List<Candidate> candidates = List.of(changed(lead("a", "7", null), null));
    assertThatThrownBy(() -> resolve(crm, RecordOwners.NONE, candidates))
        .isInstanceOf(ProblemException.class)
        .hasMessage("CRM_UNAVAILABLE: the CRM does not answer");
  }
}
