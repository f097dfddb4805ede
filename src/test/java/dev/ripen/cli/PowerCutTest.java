package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.crm.WriteAction;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.RemoteState;
import dev.ripen.spark.StateTables;
import dev.ripen.sync.Acknowledged;
import dev.ripen.sync.FieldChange;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.sync.ObjectStateFiles;
import dev.ripen.sync.PlanAction;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.PlanTotals;
import dev.ripen.sync.PlanWriter;
import dev.ripen.sync.PlannedRow;
import dev.ripen.testing.ObjectFileSystem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts the power of a state in an object store at every step of the sync's protocol: from there on
 * nothing is stored, as after {@code kill -9}. The next sync must bring everything to its end.
 */
@Tag("spark")
final class PowerCutTest {
  private static final int LEADS = 400;
  private static final int BATCH = 100;
  private static final int CONCURRENCY = 2;

  /** The first write that is not done any more. */
  private enum Step {
    PLAN_ROWS("put .*/plans/.*/changes.jsonl", "", 1),
    PLAN_FROZEN("put .*/plans/.*/plan.json", "", 1),
    PLANNED("put .*/runs/.*", "", 1),
    FIRST_OUTCOME("put .*/outbox/.*", "", 1),
    THIRD_OUTCOME("put .*/outbox/.*", "", 3),
    LEDGER_ROWS("put .*/ledger/.*", "", 1),
    LEDGER_COMMITTED("put .*/ledger/_delta_log/.*json", "", 1),
    DONE("put .*/runs/.*", "put .*/ledger/_delta_log/.*json", 1),
    OUTBOX_CLEARED("delete .*/outbox/.*", "", 1);

    private final String write;
    private final String after;
    private final int occurrence;

    Step(String write, String after, int occurrence) {
      this.write = write;
      this.after = after;
      this.occurrence = occurrence;
    }

    Predicate<String> fuse() {
      return new Predicate<>() {
        private boolean armed = after.isEmpty();
        private int seen;

        @Override
        public boolean test(String done) {
          armed |= done.matches(after);
          seen += armed && done.matches(write) ? 1 : 0;
          return seen == occurrence;
        }
      };
    }
  }

  @TempDir Path temporary;
  private TinyNights nights;

  @BeforeEach
  void start() {
    nights = new TinyNights(temporary, LEADS);
    nights.provision(new FieldSpec("mql_score", "Score", FieldType.NUMBER, List.of()));
    nights.set("state.path=" + ObjectFileSystem.pathOf(temporary.resolve("bucket")));
  }

  @AfterEach
  void stop() {
    ObjectFileSystem.mend();
    nights.close();
  }

  @Test
  void endsEverySyncWhoseStateLostItsPowerAtAnyStep() {
    int score = 100;
    for (Step step : Step.values()) {
      score++;
      Path saved = temporary.resolve("plan-" + step);
      plan(saved, "run-" + step, score);
      nights.crm.clearLog();

      ObjectFileSystem.cutBefore(step.fuse());
      Throwable failure = catchThrowable(() -> sync(saved));
      assertThat(ObjectFileSystem.isCut()).as("%s: %s", step, failure).isTrue();
      assertThat(failure).as("the end of %s", step).isNotNull();
      ObjectFileSystem.mend();
      long sentBefore = nights.rowsSent();
      endLock();

      ExitCode resumed = sync(null);
      if (step.compareTo(Step.PLANNED) <= 0) {
        assertThat(nights.rowsSent()).as("nothing is sent before %s", step).isZero();
        resumed = sync(saved);
      }

      assertThat(resumed).as(step.name()).isEqualTo(ExitCode.DONE);
      if (step.compareTo(Step.LEDGER_ROWS) >= 0) {
        assertThat(nights.rowsSent()).as("sent again after %s", step).isEqualTo(sentBefore);
      }
      assertThat(nights.rowsSent()).isBetween((long) LEADS, (long) LEADS + CONCURRENCY * BATCH);
      assertThatAllHave(score);
    }
  }

  /** It ends by itself, but only minutes after the power was cut. */
  private void endLock() {
    ProblemException locked = catchThrowableOfType(ProblemException.class, () -> sync(null));
    assertThat(locked.exitCode()).isEqualTo(ExitCode.LOCKED);
    assertThat(locked.problems().get(0).what()).startsWith("sync by ");
    new ObjectStateFiles(
            RemoteState.open(
                workspace().spark(), ObjectFileSystem.pathOf(temporary.resolve("bucket"))))
        .delete("lock");
  }

  private void assertThatAllHave(int score) {
    for (int id = 1000; id < 1000 + LEADS; id++) {
      assertThat(nights.crm.findContact("" + id).orElseThrow())
          .containsEntry("mql_score", "" + score);
    }
    StateTables state = workspace().state();
    List<String> known =
        state
            .committed("ledger")
            .orElseThrow()
            .selectExpr("fields['mql_score']")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(known).hasSize(LEADS).containsOnly("" + score);
  }

  private Workspace workspace() {
    return TestRun.workspace(nights.project, nights.settings(10));
  }

  private ExitCode sync(@org.jspecify.annotations.Nullable Path saved) {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    Console console = new Console(nowhere, nowhere, false, false, false);
    return new SyncWorkflow(workspace(), console, false).sync(saved);
  }

  private void plan(Path directory, String runId, int score) {
    Workspace workspace = workspace();
    try (PlanWriter writer = new PlanWriter(new LocalStateFiles(directory), runId)) {
      for (int id = 1000; id < 1000 + LEADS; id++) {
        writer.add(
            new PlannedRow(
                0,
                PlanAction.UPDATE,
                null,
                "" + id,
                "" + id,
                null,
                Map.of("mql_score", new FieldChange(null, "" + score)),
                List.of("changed"),
                new Acknowledged(Map.of("mql_score", "" + score), false, null, null),
                "content",
                Map.of()));
      }
      writer.freeze(
          new PlanSummary(
              runId,
              "hubspot",
              Instant.parse("2026-11-10T05:00:00Z"),
              workspace.project().definition().fingerprint(),
              workspace.state().committedVersion("ledger"),
              WriteAction.CREATE,
              PlanTotals.NONE));
    }
  }
}
