package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.CrmField;
import dev.ripen.crm.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An MQL of the ledger whom the models no longer have. */
class LeaverTest {
  private final RowPlanner planner = Rows.planner();

  @Test
  void clearsTheFlagAndKeepsTheDates() {
    Candidate candidate = planner.leaver(Rows.adaKnown(), null);
    assertThat(candidate.verdict()).isEqualTo(Candidate.Verdict.CHANGED);
    assertThat(candidate.lookup()).isEqualTo(Candidate.Lookup.NONE);

    PlannedRow row = planner.planUnread(candidate);
    assertThat(row.action()).isEqualTo(PlanAction.UPDATE);
    assertThat(row.recordId()).isEqualTo("501");
    assertThat(row.fields()).isEqualTo(Map.of("mql", new FieldChange("true", "false")));
    assertThat(row.reasons()).containsExactly("no longer an MQL");
    assertThat(row.after().isMql()).isFalse();
    assertThat(row.after().fields())
        .containsEntry("mql", "false")
        .containsEntry("mql_at", "2026-11-10T08:00:00.000Z")
        .containsEntry("lifecyclestage", "mql");
  }

  @Test
  void clearsAFlagThatSomebodyMadeATextField() {
    List<CrmField> fields = new ArrayList<>(Rows.FIELDS);
    fields.removeIf(field -> field.name().equals("mql"));
    fields.add(new CrmField("mql", "MQL", FieldType.TEXT, false, List.of()));
    RowPlanner ofText = RowPlanner.of(Rows.settings(), fields, Rows.BERLIN, "definition");
    PlannedRow row = ofText.planUnread(ofText.leaver(Rows.adaKnown(), null));
    assertThat(row.fields()).isEqualTo(Map.of("mql", new FieldChange("true", "false")));
  }

  @Test
  void givesWayToAnotherLeadWithTheSameRecord() {
    FakeCrm crm = new FakeCrm().with("501", "ada@northwind.example", Map.of("mql", "true"));
    WantedRow merged =
        new WantedRow(
            "lead-2",
            "501",
            "ada@northwind.example",
            Rows.wantedFields(),
            true,
            "warm",
            Rows.MQL_AT,
            "");
    List<Candidate> candidates =
        List.of(planner.firstPass(merged, null, null), planner.leaver(Rows.adaKnown(), null));
    List<String> rows = new ArrayList<>();
    try (LiveResolver resolver =
        new LiveResolver(planner, crm, RecordOwners.NONE, candidates.iterator())) {
      resolver.forEachRemaining(row -> rows.add(row.leadId() + " " + row.action()));
    }
    assertThat(rows).containsExactly("lead-2 UPDATE", "lead-1 SKIPPED");
  }

  @Test
  void givesWayToALeadThatHasTheRecordInTheLedger() {
    List<PlannedRow> rows = new ArrayList<>();
    try (LiveResolver resolver =
        new LiveResolver(
            planner,
            new FakeCrm(),
            recordIds -> Map.of("501", "lead-2"),
            List.of(planner.leaver(Rows.adaKnown(), null)).iterator())) {
      resolver.forEachRemaining(rows::add);
    }
    assertThat(rows)
        .extracting(PlannedRow::skipReason)
        .containsExactly(SkipReason.DUPLICATE_RECORD);
  }
}
