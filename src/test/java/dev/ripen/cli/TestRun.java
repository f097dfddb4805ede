package dev.ripen.cli;

import dev.ripen.problem.ExitCode;
import dev.ripen.spark.ReadAgain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine;

/**
 * One {@code ripen run} inside the test's JVM, without the command line's picture of it: problems
 * arrive as exceptions. Spark goes on, since all tests of a JVM share it.
 */
final class TestRun {
  private final Workspace workspace;
  private final RunWorkflow workflow;
  private final Console console;
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  TestRun(Path project, String... settings) {
    this.workspace = workspace(project, settings);
    PrintStream err = new PrintStream(messages, true, StandardCharsets.UTF_8);
    this.console = new Console(err, err, false, false, false);
    this.workflow = new RunWorkflow(workspace, console, RunIds.next(workspace.clock()));
  }

  /** For the other commands; closing it would stop the Spark of all tests. */
  static Workspace workspace(Path project, String... settings) {
    List<String> arguments = new ArrayList<>(List.of("--project", project.toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    GlobalOptions options =
        CommandLine.populateCommand(new GlobalOptions(), arguments.toArray(String[]::new));
    return Workspace.open(options, Clock.systemUTC());
  }

  ExitCode run() {
    return run(ReadAgain.NOTHING);
  }

  ExitCode run(ReadAgain again) {
    return run(again, false);
  }

  ExitCode run(ReadAgain again, boolean always) {
    return workflow.run(again, always);
  }

  /** As the command does: with messages to people. */
  ExitCode runAndTell() {
    return new Notifications(workspace, console, "run", workflow.report())
        .watching(() -> workflow.run(ReadAgain.NOTHING, false));
  }

  /** For a command on the same project, without the command line. */
  Workspace workspace() {
    return workspace;
  }

  Console console() {
    return console;
  }

  RunReport report() {
    return workflow.report();
  }

  /** What the run said while it went on. */
  String messages() {
    return messages.toString(StandardCharsets.UTF_8);
  }

  /** A model's rows, while the run's views are there. */
  Dataset<Row> table(String name) {
    return workspace.spark().table(name);
  }

  /** A table of the state as the run committed it. */
  Dataset<Row> committed(String table) {
    return workspace.state().committed(table).orElseThrow();
  }
}
