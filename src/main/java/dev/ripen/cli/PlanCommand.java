package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.problem.ExitCode;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ripen plan}: what a run would change, without changing anything. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a run would write to the CRM, field by field. Writes nothing.",
      "",
      "Examples:",
      "  ripen plan                      who would change, and why",
      "  ripen plan --out plan           save it, look at it, then: ripen sync --plan plan",
      "  ripen plan --fail-on-changes    exit 7 if there is anything to write"
    })
final class PlanCommand implements Callable<Integer> {
  @Mixin private GlobalOptions options;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Save the plan there; ripen sync --plan DIR sends it.")
  private @Nullable Path out;

  @Option(
      names = "--live",
      description = "Read the CRM for the rows that change; show what was edited there by hand.")
  private boolean live;

  @Option(
      names = "--show",
      paramLabel = "skipped",
      description = "Also list the rows that are skipped, with the reason.")
  private @Nullable Show show;

  @Option(names = "--limit", paramLabel = "N", description = "Show so many changes. Default: 20.")
  private int limit = 20;

  @Option(names = "--fail-on-changes", description = "End with exit code 7 if there are changes.")
  private boolean failOnChanges;

  /** What else to list. */
  enum Show {
    skipped
  }

  @Override
  public Integer call() {
    Console console = new Console(options);
    Path directory = out == null ? temporary() : out.toAbsolutePath();
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      SampleData.makeIfMissing(workspace.project(), console);
      StateFiles files = new LocalStateFiles(directory);
      PlanWorkflow workflow =
          new PlanWorkflow(workspace, console, RunIds.next(workspace.clock()), files);
      PlanSummary summary = workflow.plan(live);
      DestinationSettings settings = Destinations.only(workspace.project());
      PlanView view = new PlanView(files, summary, settings.name());
      if (options.isJson()) {
        console.result(view.json(workflow.guards()).toPrettyString());
      } else {
        console.result(view.text(limit, show == Show.skipped, workspace.project().zone()));
        console.result(view.guards(workflow.guards()));
        console.result(view.cost());
        if (out != null) {
          console.say("Apply it with: ripen sync --plan " + out);
        }
      }
      return failOnChanges && summary.totals().toSend() > 0
          ? ExitCode.CHANGES.number()
          : ExitCode.DONE.number();
    } finally {
      if (out == null) {
        new LocalStateFiles(directory).delete(".");
      }
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("ripen-plan");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a temporary directory", e);
    }
  }
}
