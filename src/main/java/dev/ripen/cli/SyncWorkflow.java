package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.DestinationSettings.Mode;
import dev.ripen.history.RunRecord;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.ForgottenPeople;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.sync.PlanPaths;
import dev.ripen.sync.PlanReader;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.StateFiles;
import dev.ripen.sync.StateFiles.LineSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends a plan that is there already: one that was interrupted, or one that somebody has saved. */
final class SyncWorkflow {
  private final Workspace workspace;
  private final Console console;
  private final boolean json;

  SyncWorkflow(Workspace workspace, Console console, boolean json) {
    this.workspace = workspace;
    this.console = console;
    this.json = json;
  }

  /**
   * Sends it to its end.
   *
   * @param saved directory of a saved plan; null for the one that was interrupted
   */
  ExitCode sync(@Nullable Path saved) {
    try (Locked ignored = Locked.take(workspace, "sync")) {
      DestinationSettings settings = Destinations.only(workspace.project());
      Recovery recovery = new Recovery(workspace, console);
      if (saved != null) {
        recovery.recover(settings);
        return send(settings, adopt(saved));
      }
      Optional<RunRecord> open = newestOpen(recovery);
      if (open.isEmpty()) {
        console.result("Nothing to send: the last plan was sent to its end.");
        return ExitCode.DONE;
      }
      recovery.restore();
      PlanSummary summary = new PlanReader(workspace.files()).summary(open.get().runId());
      requireCurrent(summary, open.get().runId());
      return send(settings, summary);
    }
  }

  private ExitCode send(DestinationSettings settings, PlanSummary summary) {
    if (settings.mode() == Mode.SHADOW) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              "destination " + settings.name() + " is in shadow mode: nothing is sent",
              "set mode = live in conf/ripen.conf"));
    }
    SendPlan send = new SendPlan(workspace, console, json);
    return new Notifications(workspace, console, "sync", send.report())
        .watching(() -> send.send(settings, summary));
  }

  private static Optional<RunRecord> newestOpen(Recovery recovery) {
    List<RunRecord> open = recovery.openRuns();
    return open.isEmpty() ? Optional.empty() : Optional.of(open.get(open.size() - 1));
  }

  /** Takes a saved plan into the state, as if a run had made it, unless its ground has moved. */
  private PlanSummary adopt(Path directory) {
    StateFiles saved = new LocalStateFiles(directory);
    String runId = only(directory);
    List<Problem> stopped = PlanProblems.read(saved, runId);
    if (!stopped.isEmpty()) {
      throw new ProblemException(stopped);
    }
    requireCurrent(new PlanReader(saved).summary(runId), null);
    for (String path :
        List.of(
            PlanPaths.changes(runId),
            PlanPaths.learned(runId),
            PlanPaths.skipped(runId),
            PlanPaths.summary(runId))) {
      copy(saved, workspace.files(), path);
    }
    withoutForgotten(runId);
    return new PlanReader(workspace.files()).summary(runId);
  }

  /** The plan may be older than the request to forget somebody in it. */
  private void withoutForgotten(String runId) {
    ForgottenPeople forgotten = ForgottenPeople.load(workspace.state());
    if (!forgotten.isEmpty()) {
      new ForgetPlans(workspace.files())
          .remove(
              runId,
              line ->
                  forgotten.contains(ForgottenPeople.Kind.LEAD, line.path("key").asText())
                      || forgotten.contains(
                          ForgottenPeople.Kind.EMAIL, line.path("email").asText()));
    }
  }

  private static void copy(StateFiles from, StateFiles to, String path) {
    try (BufferedReader reader =
            new BufferedReader(new InputStreamReader(from.read(path), StandardCharsets.UTF_8));
        LineSink sink = to.writeLines(path)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        sink.line(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy the plan's " + path, e);
    }
  }

  private static String only(Path directory) {
    try (Stream<Path> plans = Files.list(directory.resolve("plans"))) {
      List<Path> all = plans.toList();
      if (all.size() == 1) {
        return all.get(0).getFileName().toString();
      }
    } catch (IOException e) {
      throw noPlan(directory);
    }
    throw noPlan(directory);
  }

  private static ProblemException noPlan(Path directory) {
    return new ProblemException(
        Problem.of(
            ErrorCode.PLAN_NOT_FOUND,
            "there is no saved plan in " + directory,
            "save one with: ripen plan --out DIR"));
  }

  /** The ground of a plan must not have moved since. */
  private void requireCurrent(PlanSummary summary, @Nullable String resumed) {
    String definition = workspace.project().definition().fingerprint();
    boolean sameRun =
        workspace.state().lastCommit().filter(commit -> commit.runId().equals(resumed)).isPresent();
    long ledger = workspace.state().committedVersion("ledger");
    String moved =
        !summary.definition().equals(definition)
            ? "the definition is now "
                + definition
                + ", the plan was made with "
                + summary.definition()
            : !sameRun && summary.ledgerVersion() != ledger
                ? "the CRM was written to since the plan was made"
                : "";
    if (!moved.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.PLAN_OUTDATED,
              "the plan is outdated: " + moved,
              "make a new one: ripen plan"));
    }
  }
}
