package dev.ripen.cli;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ripen check}: all problems of a project at once. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Finds everything that is wrong with the configuration, the SQL and the rules, and says how to"
          + " mend it.",
      "",
      "Examples:",
      "  ripen check                     without a warehouse, from conf/schemas",
      "  ripen check --syntax            only what the texts tell, in two seconds",
      "  ripen check --live              ask the sources and the CRM too; renews conf/schemas",
      "  ripen check --show-sql          print the SQL that ripen makes of the rules"
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin private GlobalOptions options;

  @Option(names = "--syntax", description = "Only read the files; start no Spark session.")
  private boolean syntax;

  @Option(
      names = "--live",
      description = {
        "Open every source table and describe the CRM's fields: columns that differ, tables that"
            + " are stale. Renews conf/schemas."
      })
  private boolean live;

  @Option(
      names = "--event-days",
      paramLabel = "DAYS",
      defaultValue = "30",
      description =
          "With --live: warn of rules that no event has matched for so long. Default: 30.")
  private int eventDays;

  @Option(
      names = "--show-sql",
      description = "Print the SQL of the built-in models signals and facts.")
  private boolean showSql;

  @Override
  public Integer call() {
    if (live && syntax) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              "--live and --syntax exclude each other",
              "leave out one of them"));
    }
    if (eventDays < 1) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              "--event-days is " + eventDays,
              "write a number of days from 1 on"));
    }
    Console console = new Console(options);
    ProjectCheck check = new ProjectCheck(options, Clock.systemUTC(), console);
    CheckFindings findings = findings(check);
    if (options.isJson()) {
      console.result(CheckView.json(findings, showSql).toPrettyString());
    } else {
      String text = CheckView.text(findings, console.color());
      if (showSql) {
        findings.sql().values().forEach(console::result);
      }
      if (showSql && findings.problems().isEmpty()) {
        // Standard output is SQL then, to be saved as it is.
        console.say(text);
      } else {
        console.result(text);
      }
    }
    return findings.exitCode().number();
  }

  private CheckFindings findings(ProjectCheck check) {
    if (live) {
      return check.live(eventDays);
    }
    return syntax ? check.syntax() : check.offline();
  }
}
