package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** From which nights a kept fold may be gone on with. */
final class TimelinesTest {
  /** What a night of 20 November with a look-back of three days keeps. */
  private static final long UNTIL =
      ScoreFunction.micros(Instant.parse("2026-11-16T23:59:59.999999Z"));

  @Test
  void theNextNightReadsWhatTheFoldHasNotSeen() {
    assertThat(Timelines.isBefore(UNTIL, LocalDate.parse("2026-11-17"))).isTrue();
  }

  @Test
  void aShorterLookBackLeavesDaysToReplayFromTheState() {
    assertThat(Timelines.isBefore(UNTIL, LocalDate.parse("2026-11-19"))).isTrue();
  }

  @Test
  void aLongerLookBackOrAnEarlierInstantReadsDaysThatTheFoldHasSeen() {
    assertThat(Timelines.isBefore(UNTIL, LocalDate.parse("2026-11-16"))).isFalse();
    assertThat(Timelines.isBefore(UNTIL, LocalDate.parse("2026-11-01"))).isFalse();
  }
}
