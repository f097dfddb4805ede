package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.NotifySettings;
import dev.ripen.history.RunRecord;
import dev.ripen.http.Sleeper;
import dev.ripen.notify.NewMql;
import dev.ripen.notify.Notifier;
import dev.ripen.notify.RunOutcome;
import dev.ripen.notify.RunOutcome.End;
import dev.ripen.notify.ToldBook;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.Newcomers;
import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sync.GuardResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Tells people how a command ended, once its result is known. Whatever goes wrong here is a
 * warning: it changes neither the exit code nor what the command did.
 */
final class Notifications {
  private static final int RUNS_FOR_USUAL = 10;

  private final Workspace workspace;
  private final Console console;
  private final String command;
  private final RunReport report;
  private final NotifySettings settings;

  Notifications(Workspace workspace, Console console, String command, RunReport report) {
    this.workspace = workspace;
    this.console = console;
    this.command = command;
    this.report = report;
    this.settings = workspace.project().notifications();
  }

  /** Runs the command, tells about its end, and ends as it did. */
  ExitCode watching(Supplier<ExitCode> action) {
    if (!settings.hasChannels()) {
      return action.get();
    }
    ExitCode exit;
    try {
      exit = action.get();
    } catch (ProblemException e) {
      // Who is at the keyboard has just read it.
      if (e.exitCode() != ExitCode.USAGE) {
        tell(e.exitCode(), e.problems());
      }
      throw e;
    } catch (RuntimeException e) {
      tell(
          ExitCode.INTERNAL,
          List.of(
              Problem.of(
                  ErrorCode.INTERNAL,
                  "a bug of ripen: " + e.getClass().getSimpleName(),
                  "run again with --stacktrace and report what it prints")));
      throw e;
    }
    tell(exit, List.of());
    return exit;
  }

  private void tell(ExitCode exit, List<Problem> problems) {
    try {
      Earlier earlier = Earlier.of(workspace, report.runId);
      RunOutcome run = outcome(exit, problems);
      ToldBook before = book();
      Notifier.Report told =
          new Notifier(settings, workspace.clock(), Sleeper.system())
              .tell(run, earlier.seconds(), earlier.asOf(), newMqls(run), before);
      told.delivered().forEach(what -> console.say("Told " + what + "."));
      told.warnings().forEach(what -> console.warn("warning: " + what));
      if (!told.book().equals(before)) {
        workspace
            .files()
            .write(ToldBook.PATH, told.book().toJson().getBytes(StandardCharsets.UTF_8));
      }
    } catch (ProblemException e) {
      console.warn("warning: nobody was told: " + e.problems().get(0).what());
    } catch (RuntimeException e) {
      console.warn("warning: nobody was told: " + e.getClass().getSimpleName());
    }
  }

  /** What earlier runs say; nothing where the state itself cannot be read. */
  private record Earlier(List<Double> seconds, Optional<Instant> asOf) {
    static Earlier of(Workspace workspace, String runId) {
      Map<String, RunRecord> done = new LinkedHashMap<>();
      try {
        for (RunRecord commit : workspace.state().commits()) {
          if (commit.phase() == RunRecord.Phase.DONE && !commit.runId().equals(runId)) {
            done.put(commit.runId(), commit);
          }
        }
      } catch (RuntimeException e) {
        // The run has failed for the same reason, and that is what people are told.
        return new Earlier(List.of(), Optional.empty());
      }
      List<RunRecord> runs = List.copyOf(done.values());
      List<Double> seconds =
          runs.stream()
              .map(commit -> RunReport.seconds(commit.summary()))
              // A plan that ripen sync sent has no time of its own.
              .filter(took -> took > 0)
              .toList();
      return new Earlier(
          seconds.subList(Math.max(0, seconds.size() - RUNS_FOR_USUAL), seconds.size()),
          runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1).asOf()));
    }
  }

  private RunOutcome outcome(ExitCode exit, List<Problem> problems) {
    End end =
        switch (exit) {
          case DONE, REJECTED -> problems.isEmpty() ? End.DONE : End.FAILED;
          case STOPPED -> End.STOPPED;
          case INTERNAL, USAGE, CONFIG, UNAVAILABLE, CHANGES, LOCKED -> End.FAILED;
        };
    boolean whole = end == End.DONE && command.equals("run");
    return new RunOutcome(
        workspace.project().name(),
        command,
        report.runId,
        workspace.asOf(),
        workspace.project().zone(),
        end,
        causes(end, problems),
        details(end, problems),
        end == End.DONE ? openRejects() : OptionalLong.empty(),
        whole && settings.on().nothingNewFor().isPresent()
            ? new Newcomers(workspace.state()).newestEvent()
            : Optional.empty(),
        whole ? OptionalDouble.of(report.seconds) : OptionalDouble.empty());
  }

  /** Names without numbers, so that the same trouble is the same tomorrow. */
  private List<String> causes(End end, List<Problem> problems) {
    TreeSet<String> causes = new TreeSet<>();
    if (end == End.STOPPED) {
      report.guards.stream()
          .filter(guard -> guard.status() == GuardResult.Status.STOPPED)
          .forEach(guard -> causes.add("guard " + guard.guard()));
      report.checks.stream()
          .filter(check -> check.status() == CheckResult.Status.FAILED)
          .forEach(check -> causes.add(check.model() + " " + check.name()));
    }
    if (causes.isEmpty()) {
      problems.forEach(problem -> causes.add(problem.code().name()));
    }
    if (causes.isEmpty() && end != End.DONE) {
      causes.add("INTERRUPTED");
    }
    return List.copyOf(causes);
  }

  private static List<String> details(End end, List<Problem> problems) {
    if (problems.isEmpty()) {
      return end == End.DONE
          ? List.of()
          : List.of("Someone or something stopped it before its end. Go on with: ripen sync");
    }
    return problems.stream()
        .flatMap(
            problem ->
                problem.fix().isEmpty()
                    ? List.of(problem.what()).stream()
                    : List.of(problem.what(), "Fix: " + problem.fix()).stream())
        .toList();
  }

  private OptionalLong openRejects() {
    return settings.on().rejectsAbove().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            Destinations.openRejects(workspace, Destinations.only(workspace.project())));
  }

  /** In shadow mode the CRM does not know them either: sales would look in vain. */
  private Optional<Notifier.NewMqls> newMqls(RunOutcome run) {
    boolean live = Destinations.only(workspace.project()).mode() == DestinationSettings.Mode.LIVE;
    if (run.end() != End.DONE || !live || settings.digest().to().isEmpty()) {
      return Optional.empty();
    }
    Newcomers newcomers = new Newcomers(workspace.state());
    return Optional.of(
        (after, most) -> {
          Newcomers.Found found = newcomers.since(after, settings.digest().personFields(), most);
          return new Notifier.NewMqls.Found(
              found.listed().stream()
                  .map(person -> new NewMql(person.fields(), person.mqlAt(), person.reasons()))
                  .toList(),
              found.all());
        });
  }

  private ToldBook book() {
    if (!workspace.files().exists(ToldBook.PATH)) {
      return ToldBook.EMPTY;
    }
    try (InputStream in = workspace.files().read(ToldBook.PATH)) {
      return ToldBook.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read what was told", e);
    }
  }
}
