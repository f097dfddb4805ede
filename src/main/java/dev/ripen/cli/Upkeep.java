package dev.ripen.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ripen.config.StateUpkeep;
import dev.ripen.history.RunRecord;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.StateUpkeep.Done;
import dev.ripen.spark.StateUpkeep.Limits;
import dev.ripen.sync.StateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keeps the state small after a run: once a day, within the limits of the project. Whatever goes
 * wrong here is a warning, and is tried again the next time; the run is committed by then.
 */
final class Upkeep {
  /** When it was done for the last time. */
  static final String PATH = "upkeep/last.json";

  /** Nights begin at about the same time; some begin earlier. */
  private static final Duration EVERY = Duration.ofHours(20);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Workspace workspace;
  private final Console console;

  Upkeep(Workspace workspace, Console console) {
    this.workspace = workspace;
    this.console = console;
  }

  /**
   * What was done.
   *
   * @param plans frozen plans that were removed
   */
  record Result(Done tables, int plans, double seconds) {}

  /**
   * Does what is due; the caller holds the lock.
   *
   * @param runId that has just ended: its plan stays
   * @return empty if it was not the time for it, or failed
   */
  Optional<Result> after(String runId) {
    try {
      Instant now = workspace.clock().instant();
      return isDue(now) ? Optional.of(at(now, runId)) : Optional.empty();
    } catch (ProblemException e) {
      console.warn("warning: no upkeep of the state: " + e.problems().get(0).what());
    } catch (RuntimeException e) {
      console.warn("warning: no upkeep of the state: " + e);
    }
    return Optional.empty();
  }

  private boolean isDue(Instant now) {
    if (!workspace.files().exists(PATH)) {
      return true;
    }
    try (InputStream in = workspace.files().read(PATH)) {
      JsonNode last = JSON.readTree(in.readAllBytes());
      return !Instant.parse(last.path("at").asText()).plus(EVERY).isAfter(now);
    } catch (IOException | RuntimeException e) {
      // It only says when; a torn one counts as none.
      return true;
    }
  }

  /** Does what is due as of a moment. */
  Result at(Instant now, String runId) {
    long start = System.nanoTime();
    StateUpkeep limits = workspace.project().state().upkeep();
    Duration retention = Duration.ofDays(limits.retentionDays());
    int plans = removePlans(now.minus(retention), runId, limits.filesPerRun());
    workspace.requireLock();
    Done done =
        new dev.ripen.spark.StateUpkeep(
                workspace.spark(),
                workspace.state(),
                new Limits(retention, limits.compactBelowBytes(), limits.filesPerRun()))
            .run(now);
    if (done.needsCommit()) {
      workspace.commit(
          workspace.state().lastCommit().orElseThrow().again(workspace.clock().instant()));
    }
    workspace.files().write(PATH, ("{\"at\":\"" + now + "\"}\n").getBytes(StandardCharsets.UTF_8));
    return new Result(done, plans, RunWorkflow.seconds(start));
  }

  /** Plans that nobody sends any more: of ended runs from before, and of runs that have died. */
  private int removePlans(Instant before, String runId, int most) {
    Map<String, RunRecord> runs = new LinkedHashMap<>();
    workspace.state().commits().forEach(commit -> runs.put(commit.runId(), commit));
    Set<String> open =
        new Recovery(workspace, console)
            .openRuns().stream().map(RunRecord::runId).collect(Collectors.toSet());
    StateFiles files = workspace.files();
    Set<String> all = new TreeSet<>(files.list("plans"));
    all.addAll(files.list("outbox"));
    int removed = 0;
    for (String plan : all) {
      RunRecord run = runs.get(plan);
      boolean old = run == null || run.committedAt().isBefore(before);
      if (old && !plan.equals(runId) && !open.contains(plan) && removed < most) {
        files.delete("outbox/" + plan);
        files.delete("plans/" + plan);
        removed++;
      }
    }
    return removed;
  }
}
