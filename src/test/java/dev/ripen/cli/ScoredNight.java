package dev.ripen.cli;

import dev.ripen.history.RunRecord;
import dev.ripen.spark.Pipeline;
import dev.ripen.spark.ReadAgain;
import java.time.Instant;
import java.util.Map;

/**
 * A night from the sources to the scores, as a run has it, without a CRM: a plan and a sync would
 * take most of a test's time.
 *
 * @param goesOn whether the folds went on from those of the night before
 */
record ScoredNight(Pipeline.Signals signals, boolean goesOn) {
  /**
   * Runs it.
   *
   * @param lives else it dies before it commits
   */
  static ScoredNight in(Workspace workspace, boolean lives) {
    Instant asOf = workspace.asOf();
    String runId = "run " + asOf;
    try (Pipeline pipeline = workspace.pipeline(false)) {
      pipeline.prepare();
      pipeline.leads(ReadAgain.NOTHING);
      Pipeline.Signals signals = pipeline.signals(ReadAgain.NOTHING);
      pipeline.scores(runId);
      if (lives) {
        workspace
            .state()
            .commit(
                new RunRecord(
                    runId,
                    RunRecord.Phase.DONE,
                    asOf,
                    asOf,
                    asOf,
                    "shadow",
                    workspace.project().definition().version(),
                    workspace.project().definition().fingerprint(),
                    Map.of(),
                    signals.coverage(),
                    "{}"),
                Pipeline.tables());
      }
      return new ScoredNight(signals, pipeline.goesOn());
    }
  }
}
