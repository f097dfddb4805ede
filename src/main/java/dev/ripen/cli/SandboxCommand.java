package dev.ripen.cli;

import dev.ripen.config.Project;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sandbox.SandboxServer;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ripen sandbox}: the built-in CRM with its page. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = {
      "Serves the built-in CRM and its page on 127.0.0.1 until Ctrl-C.",
      "",
      "Examples:",
      "  ripen sandbox                   look at http://127.0.0.1:8700",
      "  ripen sandbox --port 8800       another port"
    })
final class SandboxCommand implements Callable<Integer> {
  @Mixin private GlobalOptions options;

  @Option(names = "--port", paramLabel = "PORT", description = "Default: that of the destination.")
  private @Nullable Integer port;

  @Override
  public Integer call() throws InterruptedException {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      Project project = workspace.project();
      int number = port == null ? configuredPort(project) : port;
      CountDownLatch stop = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "ripen-sandbox-stop"));
      try (SandboxServer server = SandboxHost.start(project, number)) {
        console.result("The built-in CRM of " + project.name() + ": " + server.uri());
        console.say("Runs use it while it is here. Ctrl-C ends it.");
        stop.await();
      }
    }
    return 0;
  }

  private static int configuredPort(Project project) {
    return project.destinations().stream()
        .filter(destination -> destination.sandbox())
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        ErrorCode.USAGE_INVALID,
                        "no destination of " + project.name() + " is a sandbox",
                        "set sandbox = true at a destination in conf/ripen.conf, or give --port")))
        .sandboxPort();
  }
}
