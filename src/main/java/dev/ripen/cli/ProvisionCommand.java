package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.ProvisionReport;
import dev.ripen.problem.ExitCode;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ripen provision}: creates the fields in the CRM. */
@Command(
    name = "provision",
    mixinStandardHelpOptions = true,
    description = {
      "Creates the fields in the CRM that the project writes and the CRM lacks.",
      "",
      "Examples:",
      "  ripen provision --dry-run       what would be created",
      "  ripen provision                 create it (the token needs the schema scope)"
    })
final class ProvisionCommand implements Callable<Integer> {
  @Mixin private GlobalOptions options;

  @Option(names = "--dry-run", description = "Only say which fields are missing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      DestinationSettings settings = Destinations.only(workspace.project());
      List<FieldSpec> specs = Destinations.specs(workspace, settings);
      try (Connection crm =
          Connection.open(
              workspace.project(), settings, RunIds.next(workspace.clock()), workspace)) {
        if (!crm.isPresent()) {
          throw CrmConnection.tokenMissing(settings);
        }
        if (dryRun) {
          List<String> there =
              crm.destination().describeFields().stream().map(field -> field.name()).toList();
          specs.forEach(
              spec ->
                  console.result(line(there.contains(spec.name()) ? "present" : "missing", spec)));
          return ExitCode.DONE.number();
        }
        ProvisionReport report = crm.destination().provision(specs);
        for (FieldSpec spec : specs) {
          console.result(
              line(report.created().contains(spec.name()) ? "created" : "present", spec));
        }
      }
    }
    return ExitCode.DONE.number();
  }

  private static String line(String what, FieldSpec spec) {
    return String.format(
        Locale.ROOT,
        "%-8s %-24s %s",
        what,
        spec.name(),
        spec.type().name().toLowerCase(Locale.ROOT));
  }
}
