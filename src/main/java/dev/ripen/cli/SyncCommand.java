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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ripen sync}: sends a plan that stands already. */
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a saved plan, or goes on with the one that was interrupted.",
      "",
      "Examples:",
      "  ripen sync                      go on where the last run was interrupted",
      "  ripen sync --plan plan          send what ripen plan --out plan has saved"
    })
final class SyncCommand implements Callable<Integer> {
  @Mixin private GlobalOptions options;

  @Option(names = "--plan", paramLabel = "DIR", description = "A plan saved with ripen plan --out.")
  private @Nullable Path plan;

  @Override
  public Integer call() {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC());
        Locked ignored = Locked.take(workspace)) {
      DestinationSettings settings = Destinations.only(workspace.project());
      Recovery recovery = new Recovery(workspace, console);
      String runId;
      if (plan == null) {
        Optional<RunRecord> open = newestOpen(recovery);
        if (open.isEmpty()) {
          console.result("Nothing to send: the last plan was sent to its end.");
          return ExitCode.DONE.number();
        }
        runId = open.get().runId();
      } else {
        recovery.recover(settings);
        runId = adopt(workspace, plan.toAbsolutePath());
      }
      PlanSummary summary = new PlanReader(workspace.files()).summary(runId);
      requireCurrent(workspace, summary, plan == null ? runId : null);
      if (settings.mode() == Mode.SHADOW) {
        throw new ProblemException(
            Problem.of(
                ErrorCode.USAGE_INVALID,
                "destination " + settings.name() + " is in shadow mode: nothing is sent",
                "set mode = live in conf/ripen.conf"));
      }
      SendPlan send = new SendPlan(workspace, console, options.isJson());
      return new Notifications(workspace, console, "sync", send.report())
          .watching(() -> send.send(settings, summary))
          .number();
    }
  }

  private static Optional<RunRecord> newestOpen(Recovery recovery) {
    List<RunRecord> open = recovery.openRuns();
    return open.isEmpty() ? Optional.empty() : Optional.of(open.get(open.size() - 1));
  }

  /** Takes a saved plan into the state, as if a run had made it. */
  private static String adopt(Workspace workspace, Path directory) {
    StateFiles saved = new LocalStateFiles(directory);
    String runId = only(directory);
    List<Problem> stopped = PlanProblems.read(saved, runId);
    if (!stopped.isEmpty()) {
      throw new ProblemException(stopped);
    }
    for (String path :
        List.of(
            PlanPaths.changes(runId),
            PlanPaths.learned(runId),
            PlanPaths.skipped(runId),
            PlanPaths.summary(runId))) {
      copy(saved, workspace.files(), path);
    }
    withoutForgotten(workspace, runId);
    return runId;
  }

  /** The plan may be older than the request to forget somebody in it. */
  private static void withoutForgotten(Workspace workspace, String runId) {
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
    try (InputStream in = from.read(path)) {
      to.write(path, in.readAllBytes());
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
  private static void requireCurrent(
      Workspace workspace, PlanSummary summary, @Nullable String resumed) {
    String definition = workspace.project().definition().model().fingerprint();
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
