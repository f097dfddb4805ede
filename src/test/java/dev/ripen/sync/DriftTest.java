package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.DestinationSettings.Create;
import dev.ripen.config.FieldPolicy;
import dev.ripen.config.FieldPolicy.Drift;
import dev.ripen.crm.RecordKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Fields that somebody edited in the CRM: Ada's score, which ripen had set to 47, is 99 there. */
class DriftTest {
  private static final String EDITED = "99";

  private static RowPlanner planner(Drift onDrift) {
    Map<String, FieldPolicy> fields = new java.util.LinkedHashMap<>(Rows.policies());
    fields.put("mql_score", new FieldPolicy(FieldPolicy.Kind.OVERWRITE, null, onDrift));
    return Rows.planner(
        Rows.settings(
            Create.NEVER, null, List.of(RecordKey.Kind.RECORD_ID, RecordKey.Kind.EMAIL), fields));
  }

  /** What is planned when the CRM was read. */
  private static PlannedRow planned(Drift onDrift, Map<String, @Nullable String> wanted) {
    RowPlanner planner = planner(onDrift).readingAll();
    Candidate candidate = planner.firstPass(Rows.ada(wanted), Rows.adaKnown(), null);
    assertThat(candidate.lookup()).isEqualTo(Candidate.Lookup.LIVE);
    return planner.planFound(
        candidate, new LiveRecord("501", Rows.with(Rows.wantedFields(), "mql_score", EDITED)));
  }

  private static Map<String, @Nullable String> otherReason() {
    return Rows.with(Rows.wantedFields(), "mql_at", "2026-11-11T08:00:00.000Z");
  }

  private static Map<String, @Nullable String> otherScore() {
    return Rows.with(Rows.wantedFields(), "mql_score", "60");
  }

  @Test
  void reportsAnEditAndLeavesItWhileTheModelSaysNothingNew() {
    PlannedRow row = planned(Drift.REPORT, otherReason());
    assertThat(row.drift()).isEqualTo(Map.of("mql_score", EDITED));
    assertThat(row.fields()).containsOnlyKeys("mql_at");
    // The ledger goes on saying what ripen wrote, or the next night would take it for ours.
    assertThat(row.after().fields()).containsEntry("mql_score", "47");
  }

  @Test
  void reportsAnEditAndOverwritesItOnceTheModelSaysSomethingNew() {
    PlannedRow row = planned(Drift.REPORT, otherScore());
    assertThat(row.drift()).isEqualTo(Map.of("mql_score", EDITED));
    assertThat(row.fields()).isEqualTo(Map.of("mql_score", new FieldChange(EDITED, "60")));
    assertThat(row.after().fields()).containsEntry("mql_score", "60");
  }

  @Test
  void writesOursAgainWhereOursAreKept() {
    PlannedRow row = planned(Drift.KEEP_OURS, otherReason());
    assertThat(row.fields())
        .containsEntry("mql_score", new FieldChange(EDITED, "47"))
        .containsKey("mql_at");
    assertThat(row.after().fields()).containsEntry("mql_score", "47");
  }

  @Test
  void leavesTheirsAloneWhereTheirsAreKept() {
    PlannedRow row = planned(Drift.KEEP_THEIRS, otherScore());
    assertThat(row.action()).isEqualTo(PlanAction.UNCHANGED);
    assertThat(row.reasons()).containsExactly("mql_score left alone: it was edited in the CRM");
    assertThat(row.after().fields()).containsEntry("mql_score", "47");
  }

  @Test
  void readsTheCrmBeforeItOverwritesAFieldWhereTheirsAreKept() {
    RowPlanner planner = planner(Drift.KEEP_THEIRS);
    assertThat(planner.firstPass(Rows.ada(otherScore()), Rows.adaKnown(), null).lookup())
        .isEqualTo(Candidate.Lookup.LIVE);
    assertThat(planner.firstPass(Rows.ada(otherReason()), Rows.adaKnown(), null).lookup())
        .isEqualTo(Candidate.Lookup.NONE);
    assertThat(planner(Drift.REPORT).firstPass(Rows.ada(otherScore()), Rows.adaKnown(), null))
        .extracting(Candidate::lookup)
        .isEqualTo(Candidate.Lookup.NONE);
  }

  @Test
  void takesAnotherRecordAfterAMergeForNoEdit() {
    RowPlanner planner = planner(Drift.REPORT).readingAll();
    Candidate candidate = planner.firstPass(Rows.ada(otherReason()), Rows.adaKnown(), null);
    PlannedRow row =
        planner.planFound(
            candidate, new LiveRecord("777", Rows.with(Rows.wantedFields(), "mql_score", EDITED)));
    assertThat(row.drift()).isEmpty();
    assertThat(row.fields()).containsEntry("mql_score", new FieldChange(EDITED, "47"));
  }
}
