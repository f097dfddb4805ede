package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.DestinationSettings.Create;
import dev.ripen.crm.RecordKey;
import dev.ripen.sync.Candidate.Lookup;
import dev.ripen.sync.Candidate.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class RowPlannerPropertiesTest {
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "mql", List.of("true", "false"),
          "mql_score", List.of("41", "43", "47", "47.0", "60"),
          "mql_at", List.of("2026-11-10T08:00:00.000Z", "2026-11-20T08:00:00.000Z"),
          "first_mql_at", List.of("2026-11-10T08:00:00.000Z", "2025-01-01T00:00:00.000Z"),
          "mql_reasons", List.of("Signed up", "Visited pricing"),
          "lifecyclestage", List.of("lead", "mql", "customer", "vip"));
  private static final RowPlanner PLANNER =
      Rows.planner(
          Rows.settings(
              Create.MISSING,
              LocalDate.parse("2026-11-15"),
              List.of(RecordKey.Kind.RECORD_ID),
              Rows.policies()));

  /** A CRM record or a wanted row. */
  record State(
      Map<String, @Nullable String> fields,
      boolean isMql,
      @Nullable String level,
      @Nullable Instant mqlAt) {}

  @Provide
  Arbitrary<State> states() {
    List<String> names = new ArrayList<>(Rows.policies().keySet());
    Arbitrary<Map<String, @Nullable String>> fields =
        Combinators.combine(
                names.stream()
                    .map(name -> Arbitraries.of(VALUES.get(name)).injectNull(0.3))
                    .toList())
            .as(
                values -> {
                  Map<String, @Nullable String> map = new LinkedHashMap<>();
                  for (int i = 0; i < names.size(); i++) {
                    map.put(names.get(i), values.get(i));
                  }
                  return map;
                });
    return Combinators.combine(
            fields,
            Arbitraries.of(true, false),
            Arbitraries.of("hot", "warm").injectNull(0.2),
            Arbitraries.of("2026-11-10T08:00:00Z", "2026-11-20T08:00:00Z").injectNull(0.2))
        .as(
            (map, isMql, level, at) ->
                new State(map, isMql, level, at == null ? null : Instant.parse(at)));
  }

  private static WantedRow wanted(State state) {
    return new WantedRow(
        "lead-1", "501", null, state.fields(), state.isMql(), state.level(), state.mqlAt(), "why");
  }

  private static LedgerRow ledger(State state) {
    return new LedgerRow(
        "lead-1",
        "501",
        state.fields(),
        state.isMql(),
        state.level(),
        state.mqlAt(),
        Rows.ACKNOWLEDGED_AT,
        "run-1");
  }

  private static LedgerRow folded(PlannedRow row) {
    Acknowledged after = row.after();
    return new LedgerRow(
        "lead-1",
        "501",
        after.fields(),
        after.isMql(),
        after.level(),
        after.episodeMqlAt(),
        Rows.ACKNOWLEDGED_AT,
        "run-2");
  }

  private static PlannedRow plan(Candidate candidate, Map<String, @Nullable String> live) {
    return candidate.lookup() == Lookup.NONE
        ? PLANNER.planUnread(candidate)
        : PLANNER.planFound(candidate, new LiveRecord("501", live));
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void asksForNothingWhenTheSameIsWantedAgain(
      @ForAll("states") State wanted, @ForAll("states") State known, @ForAll("states") State live) {
    for (LedgerRow ledger : new LedgerRow[] {null, ledger(known)}) {
      Candidate first = PLANNER.firstPass(wanted(wanted), ledger, null);
      if (first.verdict() == Verdict.CHANGED) {
        LedgerRow next = folded(plan(first, live.fields()));
        assertThat(PLANNER.firstPass(wanted(wanted), next, null).verdict())
            .isEqualTo(Verdict.UNCHANGED);
      }
    }
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void knowsWhatTheCrmHoldsAfterwards(
      @ForAll("states") State wanted, @ForAll("states") State live) {
    PlannedRow row = plan(PLANNER.firstPass(wanted(wanted), null, null), live.fields());
    Map<String, @Nullable String> crm = new LinkedHashMap<>(live.fields());
    row.fields().forEach((name, change) -> crm.put(name, change.after()));
    assertThat(row.after().fields()).isEqualTo(crm);
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void takesNothingAwayThatIsNotItsOwn(
      @ForAll("states") State wanted, @ForAll("states") State live) {
    PlannedRow row = plan(PLANNER.firstPass(wanted(wanted), null, null), live.fields());
    List<String> stages = List.of("subscriber", "lead", "mql", "customer");
    row.fields()
        .forEach(
            (name, change) -> {
              assertThat(change.before()).isEqualTo(live.fields().get(name));
              assertThat(FieldValues.same(null, change.before(), change.after())).isFalse();
              if (name.equals("first_mql_at")) {
                assertThat(change.before()).isNull();
              }
              if (name.equals("lifecyclestage") && change.before() != null) {
                assertThat(stages.indexOf(change.after()))
                    .isGreaterThan(stages.indexOf(change.before()));
                assertThat(stages).contains(change.before());
              }
            });
  }
}
