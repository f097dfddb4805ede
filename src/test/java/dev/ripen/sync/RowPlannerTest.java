package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.DestinationSettings.Create;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.RejectCode;
import dev.ripen.sync.Candidate.Lookup;
import dev.ripen.sync.Candidate.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowPlannerTest {
  private static final List<RecordKey.Kind> BY_BOTH =
      List.of(RecordKey.Kind.RECORD_ID, RecordKey.Kind.EMAIL);

  private final RowPlanner planner = Rows.planner();

  private static String verdict(Candidate candidate) {
    return candidate.verdict()
        + (candidate.lookup() == Lookup.NONE ? "" : " " + candidate.lookup())
        + (candidate.skipReason() == null ? "" : " " + candidate.skipReason());
  }

  private String first(WantedRow wanted, @Nullable LedgerRow ledger) {
    return verdict(planner.firstPass(wanted, ledger, null));
  }

  private static PlannedRow known(
      RowPlanner planner, WantedRow wanted, @Nullable LedgerRow ledger) {
    return planner.planUnread(planner.firstPass(wanted, ledger, null));
  }

  private PlannedRow live(
      WantedRow wanted, @Nullable LedgerRow ledger, Map<String, @Nullable String> values) {
    return planner.planFound(
        planner.firstPass(wanted, ledger, null), new LiveRecord("501", values));
  }

  private static WantedRow notMql(Map<String, @Nullable String> fields) {
    return new WantedRow("lead-1", "501", "ada@northwind.example", fields, false, null, null, "");
  }

  @Test
  void leavesRowThatIsAsAcknowledged() {
    assertThat(first(Rows.ada(), Rows.adaKnown())).isEqualTo("UNCHANGED");
  }

  @Test
  void comparesNumbersAndInstantsByTheirMeaning() {
    Map<String, @Nullable String> other =
        Rows.with(
            Rows.with(Rows.wantedFields(), "mql_score", "47.0"), "mql_at", "2026-11-10T08:00:00Z");
    assertThat(first(Rows.ada(other), Rows.adaKnown())).isEqualTo("UNCHANGED");
  }

  @Test
  void looksUpEveryLeadThatIsNotInTheLedger() {
    WantedRow withoutId =
        new WantedRow("l", null, "ada@northwind.example", Map.of(), false, null, null, "");
    assertThat(first(Rows.ada(), null)).isEqualTo("CHANGED LIVE");
    assertThat(first(withoutId, null)).isEqualTo("CHANGED MATCH");
  }

  @Test
  void skipsRowsWithoutAKey() {
    WantedRow nothing = new WantedRow("l", null, null, Map.of(), false, null, null, "");
    WantedRow noMail = new WantedRow("l", null, "ada at home", Map.of(), false, null, null, "");
    assertThat(first(nothing, null)).isEqualTo("SKIPPED NO_KEY");
    assertThat(first(noMail, null)).isEqualTo("SKIPPED INVALID_EMAIL");
  }

  @Test
  void ignoresTheWarehousesRecordIdUnlessMatchByHasIt() {
    RowPlanner byMail =
        Rows.planner(
            Rows.settings(Create.NEVER, null, List.of(RecordKey.Kind.EMAIL), Rows.policies()));
    assertThat(verdict(byMail.firstPass(Rows.ada(), null, null))).isEqualTo("CHANGED MATCH");
  }

  @Test
  void looksUpAChangedRowWhoseRecordTheWarehouseKnowsByAnotherId() {
    WantedRow merged =
        new WantedRow(
            "lead-1",
            "777",
            "ada@northwind.example",
            Rows.with(Rows.wantedFields(), "mql_score", "60"),
            true,
            "warm",
            Rows.MQL_AT,
            "");
    assertThat(first(merged, Rows.adaKnown())).isEqualTo("CHANGED LIVE");
    WantedRow same =
        new WantedRow("lead-1", "777", null, Rows.wantedFields(), true, "warm", Rows.MQL_AT, "");
    assertThat(first(same, Rows.adaKnown())).isEqualTo("UNCHANGED");
  }

  @Test
  void overwritesWhatDiffersAndSaysWhy() {
    WantedRow wanted = Rows.ada(Rows.with(Rows.wantedFields(), "mql_score", "53"));
    assertThat(first(wanted, Rows.adaKnown())).isEqualTo("CHANGED");
    PlannedRow row = known(planner, wanted, Rows.adaKnown());
    assertThat(row)
        .isEqualTo(
            new PlannedRow(
                0,
                PlanAction.UPDATE,
                null,
                "lead-1",
                "501",
                "ada@northwind.example",
                Map.of("mql_score", new FieldChange("47", "53")),
                List.of("mql_score moved 47 → 53"),
                new Acknowledged(wanted.fields(), true, "warm", Rows.MQL_AT),
                row.content(),
                Map.of()));
  }

  @Test
  void clearsWhatTheModelNoLongerSays() {
    WantedRow wanted = Rows.ada(Rows.with(Rows.wantedFields(), "mql_at", null));
    PlannedRow row = known(planner, wanted, Rows.adaKnown());
    assertThat(row.fields())
        .isEqualTo(Map.of("mql_at", new FieldChange("2026-11-10T08:00:00.000Z", null)));
    assertThat(row.reasons()).containsExactly("changed: mql_at");
  }

  @Test
  void neverClearsAFieldThatIsEmptyAnyway() {
    Map<String, @Nullable String> empty = Rows.with(Rows.wantedFields(), "mql_at", null);
    assertThat(first(Rows.ada(empty), Rows.adaKnown(empty))).isEqualTo("UNCHANGED");
    PlannedRow row = live(Rows.ada(empty), null, Map.of("mql_score", "1"));
    assertThat(row.fields()).doesNotContainKey("mql_at");
  }

  @Test
  void clearsNothingForAColumnThatTheModelDoesNotHave() {
    assertThat(first(Rows.ada(Rows.without(Rows.wantedFields(), "mql_at")), Rows.adaKnown()))
        .isEqualTo("UNCHANGED");
  }

  @Test
  void asksForAFieldThatTheLedgerHasNeverSeen() {
    LedgerRow ledger = Rows.adaKnown(Rows.without(Rows.wantedFields(), "mql_at"));
    assertThat(first(Rows.ada(), ledger)).isEqualTo("CHANGED LIVE");
    PlannedRow row = live(Rows.ada(), ledger, Rows.wantedFields());
    assertThat(row.action()).isEqualTo(PlanAction.UNCHANGED);
    assertThat(row.after().fields()).isEqualTo(Rows.wantedFields());
  }

  @Test
  void writesNothingForANumberThatMovedLessThanMinChange() {
    assertThat(first(Rows.ada(Rows.with(Rows.wantedFields(), "mql_score", "43")), Rows.adaKnown()))
        .isEqualTo("UNCHANGED");
    assertThat(first(Rows.ada(Rows.with(Rows.wantedFields(), "mql_score", "42")), Rows.adaKnown()))
        .isEqualTo("CHANGED");
  }

  @Test
  void addsUpSmallMovesAgainstWhatWasAcknowledged() {
    LedgerRow ledger = Rows.adaKnown();
    for (String score : List.of("46", "45", "44", "43")) {
      assertThat(first(Rows.ada(Rows.with(Rows.wantedFields(), "mql_score", score)), ledger))
          .isEqualTo("UNCHANGED");
    }
    assertThat(first(Rows.ada(Rows.with(Rows.wantedFields(), "mql_score", "42")), ledger))
        .isEqualTo("CHANGED");
  }

  @Test
  void sendsTheCurrentNumberAlongWhenTheRowIsWrittenAnyway() {
    Map<String, @Nullable String> fields =
        Rows.with(Rows.with(Rows.wantedFields(), "mql_score", "46"), "mql", "false");
    assertThat(known(planner, Rows.ada(fields), Rows.adaKnown()).fields())
        .isEqualTo(
            Map.of(
                "mql", new FieldChange("true", "false"),
                "mql_score", new FieldChange("47", "46")));
  }

  @Test
  void writesASmallMoveWhenTheLevelChanges() {
    WantedRow hot =
        new WantedRow(
            "lead-1",
            "501",
            "ada@northwind.example",
            Rows.with(Rows.wantedFields(), "mql_score", "48"),
            true,
            "hot",
            Rows.MQL_AT,
            "Signed up");
    PlannedRow row = known(planner, hot, Rows.adaKnown());
    assertThat(row.fields()).isEqualTo(Map.of("mql_score", new FieldChange("47", "48")));
    assertThat(row.reasons()).containsExactly("level warm → hot", "mql_score moved 47 → 48");
  }

  @Test
  void learnsALevelThatNoFieldShows() {
    WantedRow hot =
        new WantedRow(
            "lead-1", "501", null, Rows.wantedFields(), true, "hot", Rows.MQL_AT, "Signed up");
    PlannedRow row = known(planner, hot, Rows.adaKnown());
    assertThat(row.action()).isEqualTo(PlanAction.UNCHANGED);
    assertThat(row.after().level()).isEqualTo("hot");
  }

  @Test
  void saysWhoBecameAnMqlAndWhoIsNoneAnyMore() {
    LedgerRow cold =
        new LedgerRow(
            "lead-1",
            "501",
            Rows.with(Rows.wantedFields(), "mql", "false"),
            false,
            "warm",
            null,
            Rows.ACKNOWLEDGED_AT,
            "run-1");
    assertThat(known(planner, Rows.ada(), cold).reasons())
        .containsExactly("became an MQL: Signed up");
    Map<String, @Nullable String> fields = Rows.with(Rows.wantedFields(), "mql", "false");
    assertThat(known(planner, notMql(fields), Rows.adaKnown()).reasons())
        .containsExactly("no longer an MQL", "level warm → none");
  }

  @Test
  void fillsAFieldOnlyWhileTheCrmsIsEmpty() {
    Map<String, @Nullable String> unfilled = Rows.with(Rows.wantedFields(), "first_mql_at", null);
    LedgerRow ledger = Rows.adaKnown(unfilled);
    assertThat(first(Rows.ada(), ledger)).isEqualTo("CHANGED LIVE");
    assertThat(live(Rows.ada(), ledger, unfilled).fields())
        .isEqualTo(Map.of("first_mql_at", new FieldChange(null, "2026-11-10T08:00:00.000Z")));

    Map<String, @Nullable String> byHand =
        Rows.with(Rows.wantedFields(), "first_mql_at", "2025-01-01T00:00:00.000Z");
    PlannedRow left = live(Rows.ada(), ledger, byHand);
    assertThat(left.action()).isEqualTo(PlanAction.UNCHANGED);
    assertThat(left.after().fields()).isEqualTo(byHand);
    assertThat(first(Rows.ada(), Rows.adaKnown(byHand))).isEqualTo("UNCHANGED");
  }

  @Test
  void writesNullOnlyWhereItOwnsTheField() {
    Map<String, @Nullable String> nulls =
        Rows.with(
            Rows.with(Rows.with(Rows.wantedFields(), "first_mql_at", null), "mql_reasons", null),
            "lifecyclestage",
            null);
    assertThat(first(Rows.ada(nulls), Rows.adaKnown())).isEqualTo("UNCHANGED");
    assertThat(live(Rows.ada(nulls), null, Rows.wantedFields()).action())
        .isEqualTo(PlanAction.UNCHANGED);
  }

  @Test
  void movesAStageForward() {
    Map<String, @Nullable String> lead = Rows.with(Rows.wantedFields(), "lifecyclestage", "lead");
    assertThat(first(Rows.ada(), Rows.adaKnown(lead))).isEqualTo("CHANGED LIVE");
    PlannedRow row = live(Rows.ada(), Rows.adaKnown(lead), lead);
    assertThat(row.fields()).isEqualTo(Map.of("lifecyclestage", new FieldChange("lead", "mql")));
    assertThat(row.reasons()).containsExactly("changed: lifecyclestage");
  }

  @Test
  void neverMovesAStageBackwards() {
    Map<String, @Nullable String> lead = Rows.with(Rows.wantedFields(), "lifecyclestage", "lead");
    Map<String, @Nullable String> customer =
        Rows.with(Rows.wantedFields(), "lifecyclestage", "customer");
    PlannedRow row = live(Rows.ada(), Rows.adaKnown(lead), customer);
    assertThat(row.action()).isEqualTo(PlanAction.UNCHANGED);
    assertThat(row.reasons()).containsExactly("lifecyclestage stays customer: never backwards");
    assertThat(first(Rows.ada(), Rows.adaKnown(row.after().fields()))).isEqualTo("UNCHANGED");
  }

  @Test
  void leavesAStageWhosePlaceIsUnknown() {
    Map<String, @Nullable String> odd = Rows.with(Rows.wantedFields(), "lifecyclestage", "vip");
    PlannedRow row = live(Rows.ada(), null, Rows.with(odd, "mql", null));
    assertThat(row.fields()).isEqualTo(Map.of("mql", new FieldChange(null, "true")));
    assertThat(row.reasons())
        .containsExactly(
            "first sync",
            "its fields were filled before",
            "lifecyclestage left alone: the place of `vip` is not known");
    assertThat(first(Rows.ada(), Rows.adaKnown(odd))).isEqualTo("UNCHANGED");
  }

  @Test
  void leavesAStageThatIsNoOption() {
    WantedRow wanted = Rows.ada(Rows.with(Rows.wantedFields(), "lifecyclestage", "MQL"));
    PlannedRow row = live(wanted, null, Rows.with(Rows.wantedFields(), "mql", null));
    assertThat(row.reasons())
        .containsExactly(
            "first sync",
            "its fields were filled before",
            "lifecyclestage left alone: `MQL` is none of its options");
  }

  @Test
  void writesReasonsOncePerEpisode() {
    WantedRow moreReasons =
        Rows.ada(Rows.with(Rows.wantedFields(), "mql_reasons", "Visited pricing"));
    assertThat(first(moreReasons, Rows.adaKnown())).isEqualTo("UNCHANGED");

    Instant again = Instant.parse("2026-11-20T08:00:00Z");
    WantedRow second =
        new WantedRow(
            "lead-1",
            "501",
            "ada@northwind.example",
            moreReasons.fields(),
            true,
            "warm",
            again,
            "Visited pricing");
    PlannedRow row = known(planner, second, Rows.adaKnown());
    assertThat(row.fields())
        .isEqualTo(Map.of("mql_reasons", new FieldChange("Signed up", "Visited pricing")));
    assertThat(row.reasons()).containsExactly("became an MQL again: Visited pricing");
    assertThat(row.after().episodeMqlAt()).isEqualTo(again);
  }

  @Test
  void marksAnEpisodeWhoseReasonsReadTheSame() {
    Instant again = Instant.parse("2026-11-20T08:00:00Z");
    WantedRow second =
        new WantedRow("lead-1", "501", null, Rows.wantedFields(), true, "warm", again, "Signed up");
    PlannedRow row = known(planner, second, Rows.adaKnown());
    assertThat(row.action()).isEqualTo(PlanAction.UNCHANGED);
    assertThat(row.after().episodeMqlAt()).isEqualTo(again);
  }

  @Test
  void writesNoReasonsOfSomeoneWhoIsNoMql() {
    PlannedRow row = live(notMql(Rows.wantedFields()), null, Map.of());
    assertThat(row.fields()).doesNotContainKey("mql_reasons");
    assertThat(row.after().episodeMqlAt()).isNull();
  }

  @Test
  void givesMqlsFromBeforeLiveSinceFieldsOnly() {
    RowPlanner since =
        Rows.planner(
            Rows.settings(Create.NEVER, LocalDate.parse("2026-11-11"), BY_BOTH, Rows.policies()));
    PlannedRow row =
        since.planFound(since.firstPass(Rows.ada(), null, null), new LiveRecord("501", Map.of()));
    assertThat(row.fields()).containsOnlyKeys("mql", "mql_score", "mql_at", "first_mql_at");
    assertThat(row.reasons())
        .containsExactly("first sync", "MQL from before live-since: fields only");
    assertThat(row.after().episodeMqlAt()).isNull();
  }

  @Test
  void beginsLiveSinceAtTheProjectsMidnight() {
    RowPlanner since =
        Rows.planner(
            Rows.settings(Create.NEVER, LocalDate.parse("2026-11-11"), BY_BOTH, Rows.policies()));
    // 00:00 in Berlin is 23:00 UTC of the day before.
    for (String mqlAt : List.of("2026-11-10T22:59:59Z", "2026-11-10T23:00:00Z")) {
      WantedRow wanted =
          new WantedRow(
              "l", "501", null, Rows.wantedFields(), true, "warm", Instant.parse(mqlAt), "");
      PlannedRow row =
          since.planFound(since.firstPass(wanted, null, null), new LiveRecord("501", Map.of()));
      assertThat(row.fields().containsKey("lifecyclestage"))
          .isEqualTo(mqlAt.equals("2026-11-10T23:00:00Z"));
    }
  }

  @Test
  void adoptsARecordThatIsRightAlready() {
    PlannedRow row = live(Rows.ada(), null, Rows.wantedFields());
    assertThat(row.action()).isEqualTo(PlanAction.UNCHANGED);
    assertThat(row.recordId()).isEqualTo("501");
    assertThat(row.after())
        .isEqualTo(new Acknowledged(Rows.wantedFields(), true, "warm", Rows.MQL_AT));
  }

  @Test
  void createsOnlyWhereItMay() {
    WantedRow nobody =
        new WantedRow(
            "l", null, "new@northwind.example", Map.of("mql", "true"), true, null, null, "");
    RowPlanner creating =
        Rows.planner(Rows.settings(Create.MISSING, null, BY_BOTH, Rows.policies()));
    PlannedRow created = creating.planMissing(creating.firstPass(nobody, null, null));
    assertThat(created.action()).isEqualTo(PlanAction.CREATE);
    assertThat(created.fields()).isEqualTo(Map.of("mql", new FieldChange(null, "true")));
    assertThat(planner.planMissing(planner.firstPass(nobody, null, null)).skipReason())
        .isEqualTo(SkipReason.NO_CONTACT);
  }

  @Test
  void createsNobodyAnewWhomTheCrmDeleted() {
    RowPlanner creating =
        Rows.planner(Rows.settings(Create.MISSING, null, BY_BOTH, Rows.policies()));
    Map<String, @Nullable String> fields = Rows.with(Rows.wantedFields(), "lifecyclestage", "lead");
    Candidate known = creating.firstPass(Rows.ada(), Rows.adaKnown(fields), null);
    assertThat(creating.planMissing(known).skipReason()).isEqualTo(SkipReason.RECORD_GONE);
    Candidate claimed = creating.firstPass(Rows.ada(), null, null);
    assertThat(creating.planMissing(claimed).skipReason()).isEqualTo(SkipReason.NO_CONTACT);
  }

  @Test
  void plansWithoutReadingAndSaysSo() {
    PlannedRow row = known(planner, Rows.ada(), null);
    assertThat(row.action()).isEqualTo(PlanAction.UPDATE);
    assertThat(row.reasons()).containsExactly("first sync", "not looked up");
    assertThat(row.fields()).containsOnlyKeys(Rows.policies().keySet());
  }

  @Test
  void blocksARowThatWasRefusedAsItIs() {
    String content = planner.firstPass(Rows.ada(), null, null).content();
    KnownReject reject = new KnownReject(content, "a41f9c", RejectCode.INVALID_VALUE);
    assertThat(planner.firstPass(Rows.ada(), null, reject).verdict()).isEqualTo(Verdict.BLOCKED);

    WantedRow other = Rows.ada(Rows.with(Rows.wantedFields(), "mql_score", "48"));
    assertThat(planner.firstPass(other, null, reject).verdict()).isEqualTo(Verdict.CHANGED);
    KnownReject older = new KnownReject(content, "000000", RejectCode.INVALID_VALUE);
    assertThat(planner.firstPass(Rows.ada(), null, older).verdict()).isEqualTo(Verdict.CHANGED);
  }

  @Test
  void looksAgainForARecordThatWasNotFound() {
    Map<String, @Nullable String> fields = Rows.with(Rows.wantedFields(), "mql_score", "10");
    String content = planner.firstPass(Rows.ada(), null, null).content();
    KnownReject reject = new KnownReject(content, "a41f9c", RejectCode.RECORD_NOT_FOUND);
    assertThat(verdict(planner.firstPass(Rows.ada(), Rows.adaKnown(fields), reject)))
        .isEqualTo("CHANGED LIVE");
  }

  /** Tasks get it so. */
  @Test
  void survivesSerialization() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(planner);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      RowPlanner copy = (RowPlanner) in.readObject();
      assertThat(copy.firstPass(Rows.ada(), Rows.adaKnown(), null))
          .isEqualTo(planner.firstPass(Rows.ada(), Rows.adaKnown(), null));
    }
  }
}
