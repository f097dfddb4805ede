package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Heard;
import dev.ripen.history.RunRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
final class RecentSignalsTest {
  private static final Instant NIGHT = Instant.parse("2026-11-10T05:00:00Z");

  @TempDir Path directory;

  @Test
  void knowsNothingBeforeTheFirstRun() {
    StateTables state = new StateTables(SparkTestSession.create(), directory.toString());

    assertThat(RecentSignals.heard(state, 30)).isEmpty();
  }

  @Test
  void namesTheRulesWithSignalsInTheDaysBeforeTheLastRun() {
    SparkSession spark = SparkTestSession.create();
    StateTables state = new StateTables(spark, directory.toString());
    state.overwrite(
        SignalStore.TABLE,
        spark.sql(
            """
            SELECT rule, occurred_at, CAST(occurred_at AS DATE) AS event_day FROM VALUES
              ('page-view@3f9c01ab', TIMESTAMP '2026-11-09 05:00:00Z'),
              ('page-view@00000000', TIMESTAMP '2026-11-08 05:00:00Z'),
              ('just-in@3f9c01ab',   TIMESTAMP '2026-10-11 05:00:01Z'),
              ('too-old@3f9c01ab',   TIMESTAMP '2026-10-11 05:00:00Z'),
              ('future@3f9c01ab',    TIMESTAMP '2026-11-10 05:00:01Z')
              AS signals(rule, occurred_at)
            """),
        "event_day");
    state.commit(
        new RunRecord(
            "20261110T050000Z-0000",
            RunRecord.Phase.DONE,
            NIGHT,
            NIGHT,
            NIGHT,
            "live",
            "2026-11",
            "a41f9c",
            Map.of(),
            "",
            "{}"),
        List.of(SignalStore.TABLE));

    assertThat(RecentSignals.heard(state, 30))
        .contains(new Heard(Set.of("page-view", "just-in"), 30));
  }
}
