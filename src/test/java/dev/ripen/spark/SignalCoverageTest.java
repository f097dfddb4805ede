package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which days a night reads. */
final class SignalCoverageTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-20");
  private static final List<String> RULES = List.of("page@1", "demo@1");
  private static final SignalCoverage STORED =
      new SignalCoverage(
          LocalDate.parse("2026-06-01"),
          LocalDate.parse("2026-11-19"),
          Set.copyOf(RULES),
          Optional.of(Instant.parse("2026-11-19T04:00:00Z")),
          Optional.of(LocalDate.parse("2026-06-03")));

  @Test
  void aFirstRunReadsTheHistory() {
    SignalCoverage.Work work = plan(Optional.empty(), RULES, ReadAgain.NOTHING);

    assertThat(work.full()).isTrue();
    assertThat(work.from()).isEqualTo("2026-08-23");
  }

  @Test
  void aNightReadsWhatIsNewAndLooksBack() {
    SignalCoverage.Work work = plan(Optional.of(STORED), RULES, ReadAgain.NOTHING);

    assertThat(work.full()).isFalse();
    assertThat(work.from()).isEqualTo("2026-11-16");
    assertThat(work.historyFrom()).isEqualTo("2026-06-01");
    assertThat(work.late()).isEmpty();
  }

  @Test
  void aNewRuleIsReadForAllDays() {
    SignalCoverage.Work work =
        plan(Optional.of(STORED), List.of("page@1", "webinar@1"), ReadAgain.NOTHING);

    assertThat(work.fresh()).containsExactly("webinar@1");
    assertThat(work.stale()).containsExactly("demo@1");
  }

  @Test
  void everythingAgainKeepsTheDaysBeforeTheHistory() {
    SignalCoverage.Work work = plan(Optional.of(STORED), RULES, again(true, null, null));

    assertThat(work.full()).isTrue();
    assertThat(work.from()).isEqualTo("2026-06-01");
  }

  @Test
  void everythingAgainFromADayForgetsWhatWasBefore() {
    assertThat(plan(Optional.of(STORED), RULES, again(true, "2026-09-01", null)).from())
        .isEqualTo("2026-09-01");
  }

  @Test
  void otherRulesAltogetherReadEverythingAgain() {
    SignalCoverage.Work work = plan(Optional.of(STORED), List.of("page@2"), ReadAgain.NOTHING);

    assertThat(work.full()).isTrue();
    assertThat(work.from()).isEqualTo("2026-06-01");
  }

  @Test
  void someDaysAreReadAgain() {
    SignalCoverage.Work work =
        plan(Optional.of(STORED), RULES, again(false, "2026-10-30", "2026-11-01"));

    assertThat(work.full()).isFalse();
    assertThat(work.late())
        .containsExactly(
            LocalDate.parse("2026-10-30"),
            LocalDate.parse("2026-10-31"),
            LocalDate.parse("2026-11-01"));
  }

  @Test
  void daysBeforeTheFirstOneExtendTheState() {
    SignalCoverage.Work work =
        plan(Optional.of(STORED), RULES, again(false, "2026-05-30", "2026-05-31"));

    assertThat(work.historyFrom()).isEqualTo("2026-05-30");
    assertThat(work.late()).hasSize(2);
  }

  @Test
  void isTheSameAfterItWasKept() {
    assertThat(SignalCoverage.parse(STORED.toJson())).contains(STORED);
  }

  @Test
  void remembersWhatWasNotReadNow() {
    SignalCoverage now =
        new SignalCoverage(
            STORED.from(), TODAY, STORED.rules(), Optional.empty(), Optional.of(TODAY));

    assertThat(now.after(STORED).firstEvent()).isEqualTo(STORED.firstEvent());
    assertThat(now.after(STORED).loadedThrough()).isEqualTo(STORED.loadedThrough());
  }

  private static SignalCoverage.Work plan(
      Optional<SignalCoverage> stored, List<String> rules, ReadAgain again) {
    return SignalCoverage.plan(stored, new SignalCoverage.Wanted(rules, TODAY, 90, 3), again);
  }

  private static ReadAgain again(boolean everything, @Nullable String from, @Nullable String to) {
    return new ReadAgain(
        everything,
        Optional.ofNullable(from).map(LocalDate::parse),
        Optional.ofNullable(to).map(LocalDate::parse));
  }
}
