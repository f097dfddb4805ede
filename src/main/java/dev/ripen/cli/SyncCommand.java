package dev.ripen.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
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
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      return new SyncWorkflow(workspace, new Console(options), options.isJson())
          .sync(plan == null ? null : plan.toAbsolutePath())
          .number();
    }
  }
}
