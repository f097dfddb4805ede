package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.history.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which versions stay. */
final class RetentionTest {
  private static final Instant START = Instant.parse("2026-11-01T05:00:00Z");
  private static final List<RunRecord> COMMITS =
      List.of(
          commit(0, Map.of("leads", 0L, "ledger", 3L)),
          commit(1, Map.of("leads", 1L, "ledger", 3L)),
          commit(2, Map.of("leads", 4L, "ledger", 5L, "scores", 0L)));

  @Test
  void whatWasInForceAtTheBeginningStaysToo() {
    assertThat(Retention.oldestNeeded(COMMITS, START.plus(Duration.ofHours(36))))
        .containsExactlyInAnyOrderEntriesOf(Map.of("leads", 1L, "ledger", 3L, "scores", 0L));
  }

  @Test
  void theNewestCommitStaysHoweverOldItIs() {
    assertThat(Retention.oldestNeeded(COMMITS, START.plus(Duration.ofDays(400))))
        .containsExactlyInAnyOrderEntriesOf(Map.of("leads", 4L, "ledger", 5L, "scores", 0L));
  }

  @Test
  void everythingStaysWithinTheRetention() {
    assertThat(Retention.oldestNeeded(COMMITS, START.minus(Duration.ofDays(1))))
        .containsEntry("leads", 0L);
    assertThat(Retention.oldestNeeded(List.of(), START)).isEmpty();
  }

  private static RunRecord commit(int day, Map<String, Long> versions) {
    Instant at = START.plus(Duration.ofDays(day));
    return new RunRecord(
        "run " + day, RunRecord.Phase.DONE, at, at, at, "live", "1", "f", versions, "", "{}");
  }
}
