package dev.ripen.cli;

import dev.ripen.problem.ExitCode;
import java.time.Clock;
import java.util.concurrent.Callable;
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
      description = "Read all days of the history again, not only the new ones.")
  private boolean fullRefresh;

  @Override
  public Integer call() {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      SampleData.makeIfMissing(workspace.project(), console);
      RunWorkflow workflow = new RunWorkflow(workspace, console, RunIds.next(workspace.clock()));
      ExitCode exit =
          new Notifications(workspace, console, "run", workflow.report())
              .watching(() -> workflow.run(fullRefresh));
      if (options.isJson()) {
        console.result(workflow.report().toJson().toPrettyString());
      } else {
        console.result(RunView.summary(workflow.report()));
        nextSteps(workspace).forEach(console::say);
      }
      return exit.number();
    }
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
