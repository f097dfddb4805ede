package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Guards;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.sync.GuardCounts.PastRun;
import dev.ripen.sync.GuardResult.Status;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanGuardsTest {
  private static final Guards GUARDS =
      new Guards(
          0,
          Optional.of(new BigDecimal("0.2")),
          Optional.of(60),
          Optional.of(new BigDecimal("0.1")),
          Optional.of(100),
          List.of("0d13f2"));
  private static final PastRun LAST = new PastRun(20_000, 1_900, 41, "a41f9c");

  private static GuardCounts counts(
      long leads, long changed, long creates, long newMqls, long rejects, String definition) {
    return new GuardCounts(
        leads, 10_000, changed, creates, newMqls, rejects, definition, List.of(LAST));
  }

  private static GuardResult result(String guard, GuardCounts counts) {
    return PlanGuards.check(GUARDS, counts).stream()
        .filter(result -> result.guard().equals(guard))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void passesAnOrdinaryDay() {
    assertThat(PlanGuards.check(GUARDS, counts(19_900, 2_000, 0, 60, 3, "a41f9c")))
        .containsExactly(
            new GuardResult("empty-source", Status.PASSED, "19,900 leads", ""),
            new GuardResult("max-row-drop", Status.PASSED, "leads went from 20,000 to 19,900", ""),
            new GuardResult(
                "definition", Status.PASSED, "definition a41f9c as in the last run", ""),
            new GuardResult("max-creates", Status.PASSED, "0 records to create", ""),
            new GuardResult(
                "max-changed", Status.PASSED, "2,000 of 10,000 known records change (20.0 %)", ""),
            new GuardResult("max-new-mqls", Status.PASSED, "60 new MQLs", ""),
            new GuardResult("reject-limit", Status.PASSED, "3 rejected records wait", ""));
  }

  @Test
  void saysWhichGuardsHaveNoBaselineInAFirstRun() {
    GuardCounts first = new GuardCounts(20_000, 0, 0, 0, 912, 0, "a41f9c", List.of());
    assertThat(PlanGuards.check(GUARDS, first))
        .filteredOn(result -> result.status() == Status.NO_BASELINE)
        .containsExactly(
            new GuardResult(
                "max-row-drop", Status.NO_BASELINE, "no earlier run to compare the leads with", ""),
            new GuardResult(
                "definition",
                Status.NO_BASELINE,
                "no earlier run with a definition to compare with",
                ""),
            new GuardResult(
                "max-changed", Status.NO_BASELINE, "no records were written before", ""),
            new GuardResult(
                "max-new-mqls",
                Status.NO_BASELINE,
                "912 new MQLs: in a first run all are new",
                ""));
    assertThat(GuardResult.problems(PlanGuards.check(GUARDS, first))).isEmpty();
  }

  @Test
  void stopsAFirstRunThatCreatesOrHasNoLeads() {
    GuardCounts first = new GuardCounts(0, 0, 0, 1, 0, 0, "a41f9c", List.of());
    assertThat(GuardResult.problems(PlanGuards.check(GUARDS, first)))
        .containsExactly(
            Problem.of(
                ErrorCode.GUARD_STOPPED,
                "guard empty-source: the model leads has no rows",
                "look at the source of sql/leads.sql: is the table empty, or the role without"
                    + " rights? Test with: ripen check --live"),
            Problem.of(
                ErrorCode.GUARD_STOPPED,
                "guard max-creates: 1 records to create, at most 0 may be",
                "look at the changes with: ripen plan; if they are right, raise"
                    + " guards.max-creates, for one run with: --set guards.max-creates=1"));
  }

  @Test
  void stopsWhenLeadsDisappear() {
    assertThat(result("max-row-drop", counts(17_990, 0, 0, 0, 0, "a41f9c")))
        .isEqualTo(
            new GuardResult(
                "max-row-drop",
                Status.STOPPED,
                "leads went from 20,000 to 17,990, a drop of 10.1 %; at most 10.0 % may go",
                "find out where the leads went; if it is right, raise guards.max-row-drop for one"
                    + " run: --set guards.max-row-drop=11%"));
  }

  @Test
  void stopsAtADefinitionThatNobodyAccepted() {
    assertThat(result("definition", counts(20_000, 0, 0, 0, 0, "77be01")))
        .isEqualTo(
            new GuardResult(
                "definition",
                Status.STOPPED,
                "the definition changed from a41f9c to 77be01, nobody accepted it",
                "see who becomes an MQL and who stops being one with: ripen plan; if that is"
                    + " right, write in guards of conf/ripen.conf: accepted = [\"0d13f2\","
                    + " \"77be01\"]"));
    assertThat(result("definition", counts(20_000, 0, 0, 0, 0, "0d13f2")).status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void stopsWhenTooMuchChanges() {
    assertThat(result("max-changed", counts(20_000, 2_001, 0, 0, 0, "a41f9c")))
        .isEqualTo(
            new GuardResult(
                "max-changed",
                Status.STOPPED,
                "2,001 of 10,000 known records change (20.0 %), at most 20.0 % may",
                "look at the changes with: ripen plan; if they are right, raise"
                    + " guards.max-changed for one run with: --set guards.max-changed=21%"));
  }

  @Test
  void stopsAtTooManyNewMqls() {
    assertThat(result("max-new-mqls", counts(20_000, 0, 0, 61, 0, "a41f9c")))
        .isEqualTo(
            new GuardResult(
                "max-new-mqls",
                Status.STOPPED,
                "61 new MQLs since the last run, at most 60 may be",
                "look at the changes with: ripen plan; if they are right, raise"
                    + " guards.max-new-mqls, for one run with: --set guards.max-new-mqls=61"));
  }

  @Test
  void stopsWhenTooManyRejectsWait() {
    assertThat(result("reject-limit", counts(20_000, 0, 0, 0, 101, "a41f9c")))
        .isEqualTo(
            new GuardResult(
                "reject-limit",
                Status.STOPPED,
                "101 rejected records wait, at most 100 may",
                "list them with: ripen rejects; mend them, drop them, or raise"
                    + " guards.reject-limit"));
  }

  @Test
  void leavesOutGuardsThatAreOff() {
    Guards off =
        new Guards(
            5, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    assertThat(PlanGuards.check(off, counts(1, 10_000, 5, 9_999, 0, "a41f9c")))
        .extracting(GuardResult::guard)
        .containsExactly("empty-source", "definition", "max-creates");
  }

  /** Newest first; the leads of each. */
  private static GuardCounts after(long leads, long... earlier) {
    List<PastRun> runs =
        Arrays.stream(earlier).mapToObj(n -> new PastRun(n, 1_900, 41, "a41f9c")).toList();
    return new GuardCounts(leads, 10_000, 2_001, 0, 61, 0, "a41f9c", runs);
  }

  @Test
  void stopsWhenLeadsDisappearLittleByLittle() {
    GuardCounts counts = after(17_900, 18_500, 19_000, 19_500, 20_000, 20_100, 20_100, 20_100);

    assertThat(result("max-row-drop", counts))
        .isEqualTo(
            new GuardResult(
                "max-row-drop",
                Status.STOPPED,
                "leads went from 20,000 (median of the last 7 runs) to 17,900, a drop of 10.5 %; at"
                    + " most 10.0 % may go",
                "find out where the leads went; if it is right, raise guards.max-row-drop for one"
                    + " run: --set guards.max-row-drop=11%"));
  }

  @Test
  void comparesLeadsWithNoRunBeforeADropThatSomebodyLetPass() {
    assertThat(result("max-row-drop", after(14_900, 15_000, 20_000, 20_000, 20_000)))
        .isEqualTo(
            new GuardResult("max-row-drop", Status.PASSED, "leads went from 15,000 to 14,900", ""));
    assertThat(result("max-row-drop", after(13_000, 15_100, 15_000, 20_000)).message())
        .startsWith("leads went from 15,100 (median of the last 2 runs) to 13,000, a drop of");
  }

  @Test
  void isNotLedAstrayByOneOddNight() {
    GuardCounts counts = after(18_100, 25_000, 20_000, 20_000);

    assertThat(result("max-row-drop", counts).status()).isEqualTo(Status.PASSED);
  }

  @Test
  void looksAtNoMoreThanAWeekOfRuns() {
    GuardCounts counts = after(10, 10, 10, 10, 10, 11, 11, 11, 12, 12, 12, 12, 12, 12);

    assertThat(result("max-row-drop", counts).message())
        .isEqualTo("leads went from 10 (median of the last 7 runs) to 10");
  }

  @Test
  void saysWhatIsUsualWhenItStopsAPlan() {
    GuardCounts counts = after(20_000, 20_000, 20_000, 20_000);

    assertThat(result("max-changed", counts).message())
        .isEqualTo(
            "2,001 of 10,000 known records change (20.0 %), at most 20.0 % may; the median of the"
                + " last 3 runs is 1,900");
    assertThat(result("max-new-mqls", counts).message())
        .isEqualTo(
            "61 new MQLs since the last run, at most 60 may be; the median of the last 3 runs is"
                + " 41");
  }

  @Test
  void comparesTheDefinitionWithTheLastRunAlone() {
    PastRun older = new PastRun(20_000, 0, 0, "77be01");
    GuardCounts counts =
        new GuardCounts(20_000, 10_000, 0, 0, 0, 0, "77be01", List.of(LAST, older));

    assertThat(result("definition", counts).message())
        .startsWith("the definition changed from a41f9c to 77be01");
  }
}
