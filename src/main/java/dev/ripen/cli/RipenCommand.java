package dev.ripen.cli;

import dev.ripen.problem.ExitCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.ProblemRenderer;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;

/** The root of the command line. */
@Command(
    name = "ripen",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Scores leads, decides who is an MQL, and keeps the CRM in step.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CheckCommand.class,
      TestCommand.class,
      InitCommand.class,
      DefinitionCommand.class,
      RunCommand.class,
      PlanCommand.class,
      SyncCommand.class,
      ExplainCommand.class,
      DiffCommand.class,
      RejectsCommand.class,
      ForgetCommand.class,
      RepairCommand.class,
      HistoryCommand.class,
      ProvisionCommand.class,
      SandboxCommand.class,
      SampleCommand.class,
      HelpCommand.class,
    })
public final class RipenCommand {

  /** Runs one command line and says how it ended. Never throws. */
  public static ExitCode execute(String... arguments) {
    int code = commandLine().execute(arguments);
    return Arrays.stream(ExitCode.values())
        .filter(exit -> exit.number() == code)
        .findFirst()
        .orElse(ExitCode.INTERNAL);
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new RipenCommand());
    Map<String, String> exitCodes = new LinkedHashMap<>();
    for (ExitCode exit : ExitCode.values()) {
      exitCodes.put(Integer.toString(exit.number()), exit.meaning());
    }
    commandLine.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    commandLine.getCommandSpec().usageMessage().exitCodeList(exitCodes);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpWidth(100);
    commandLine.setExecutionExceptionHandler(RipenCommand::report);
    return commandLine;
  }

  private static int report(Exception thrown, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    boolean stacktrace =
        command.getCommandSpec().findOption("--stacktrace") != null
            && Boolean.TRUE.equals(command.getCommandSpec().findOption("--stacktrace").getValue());
    if (DamagedState.toldFor(thrown, command) instanceof ProblemException problem) {
      err.print(ProblemRenderer.render(problem.problems(), false));
      if (stacktrace) {
        thrown.printStackTrace(err);
      }
      err.flush();
      return problem.exitCode().number();
    }
    err.println("error[INTERNAL]: " + thrown);
    err.println("  This is a bug of ripen. Run again with --stacktrace and report what it prints.");
    if (stacktrace) {
      thrown.printStackTrace(err);
    }
    err.flush();
    return ExitCode.INTERNAL.number();
  }
}
