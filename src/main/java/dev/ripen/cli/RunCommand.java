package dev.ripen.cli;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.ReadAgain;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ripen run}: what cron calls. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the models, decides who is an MQL, and brings the CRM up to date.",
      "",
      "Examples:",
      "  ripen run                       the whole night",
      "  ripen run --format json         the result for programs"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private GlobalOptions options;

  @Option(
      names = "--full-refresh",
      description = {
        "Read all days again, not only the new ones. With --from: from that day, and forget what"
            + " was before."
      })
  private boolean fullRefresh;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = {
        "Also read the days (UTC) from this one again, for example 2026-01-31: because the source"
            + " was corrected, or to go further back."
      })
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DAY", description = "With --from: the last of those days.")
  private @Nullable LocalDate to;

  @Option(
      names = "--always",
      description = {
        "Run all steps, even if nothing is new: files of sources, models, rules and settings are as"
            + " they were, and no day has begun since the last run."
      })
  private boolean always;

  @Override
  public Integer call() {
    ReadAgain again = again();
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      SampleData.makeIfMissing(workspace.project(), console);
      RunWorkflow workflow = new RunWorkflow(workspace, console, RunIds.next(workspace.clock()));
      ExitCode exit =
          new Notifications(workspace, console, "run", workflow.report())
              .watching(() -> workflow.run(again, always));
      if (options.isJson()) {
        console.result(workflow.report().toJson().toPrettyString());
      } else {
        console.result(RunView.summary(workflow.report()));
        RunView.cost(workflow.report()).ifPresent(console::result);
        nextSteps(workspace).forEach(console::say);
      }
      return exit.number();
    }
  }

  private ReadAgain again() {
    String mistake =
        to == null
            ? null
            : from == null || fullRefresh
                ? "--to says where days that begin with --from end, without --full-refresh"
                : to.isBefore(from) ? "--to " + to + " is before --from " + from : null;
    if (mistake != null) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              mistake,
              "for example: ripen run --from 2026-01-01 --to 2026-01-31"));
    }
    return new ReadAgain(fullRefresh, Optional.ofNullable(from), Optional.ofNullable(to));
  }

  private static java.util.List<String> nextSteps(Workspace workspace) {
    if (System.getenv("CI") != null) {
      return java.util.List.of();
    }
    boolean sandbox = Destinations.only(workspace.project()).sandbox();
    return sandbox
        ? java.util.List.of(
            "Next      scripts/ripen sandbox                        look at the CRM",
            "          scripts/ripen explain ada@northwind.example  why is she an MQL?")
        : java.util.List.of("Next      scripts/ripen explain EMAIL   why is somebody an MQL?");
  }
}
