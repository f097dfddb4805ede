package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.spark.Pipeline;
import dev.ripen.spark.ReadAgain;
import dev.ripen.testing.TestProjects;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two threads of a run find people and signals: whichever is first changes nothing. */
@Tag("spark")
final class OrderOfStepsTest {
  @TempDir Path directory;

  /** The session is that of all tests; the project has told it to keep folds however few. */
  @AfterEach
  void leaveTheSessionAsItWas() {
    SparkSession.active().conf().unset("spark.ripen.timelines.from");
  }

  @Test
  void peopleOfOldEventsAreFoundAfterTheChecksOfRecentOnes() {
    Path project = TestProjects.copy("nights", directory);
    TestProjects.write(
        project.resolve("data/events.csv"),
        """
        event_id,visitor_id,occurred_at,event_type,loaded_at
        e1,v1,2026-09-20 09:00:00,signed_up,2026-09-20 09:00:00
        e2,v2,2026-10-10 09:00:00,signed_up,2026-10-10 09:00:00
        """);
    TestProjects.write(
        project.resolve("sql/events.sql"),
        """
        -- One row per delivery of an event.
        -- @check unique(event_id)
        SELECT event_id, visitor_id, occurred_at, event_type, loaded_at FROM sign_ups
        """);
    TestProjects.write(
        project.resolve("sql/staging/sign_ups.sql"),
        "-- One row per sign-up.\n-- @check unique(event_id)\nSELECT * FROM stg_events\n");
    TestProjects.write(
        project.resolve("sql/leads.sql"),
        "-- One row per person.\n"
            + "SELECT visitor_id AS lead_id, 'a@northwind.example' AS email,"
            + " occurred_at AS created_at, 'VP' AS title FROM sign_ups\n");
    ScoredNight.in(TestRun.workspace(project, "as-of=2026-10-10T05:00:00Z"), true);

    try (Pipeline night =
        TestRun.workspace(project, "as-of=2026-10-11T05:00:00Z").pipeline(false)) {
      night.prepare();
      assertThat(night.signals(ReadAgain.NOTHING).full()).isFalse();
      assertThat(night.leads(ReadAgain.NOTHING).people()).isEqualTo(2);
    }
  }
}
