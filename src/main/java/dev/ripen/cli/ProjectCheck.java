package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Heard;
import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.config.Source;
import dev.ripen.crm.CrmField;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.BuiltInSql;
import dev.ripen.spark.LiveSources;
import dev.ripen.spark.ModelAnalysis;
import dev.ripen.spark.OfflineModels;
import dev.ripen.spark.PushdownLook;
import dev.ripen.spark.RecentSignals;
import dev.ripen.spark.SparkSqlReader;
import dev.ripen.spark.TestCases;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at a project as deeply as it is asked to, and collects what it finds. One problem hides as
 * little as can be: SQL is parsed even if the configuration is wrong.
 */
final class ProjectCheck {
  private final GlobalOptions options;
  private final Clock clock;
  private final Console console;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final List<String> notChecked = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, String> pushed = new LinkedHashMap<>();
  private Optional<Heard> heard = Optional.empty();

  ProjectCheck(GlobalOptions options, Clock clock, Console console) {
    this.options = options;
    this.clock = clock;
    this.console = console;
  }

  /** What the texts alone tell; starts no Spark session. */
  CheckFindings syntax() {
    return look(workspace -> notes.add("syntax only: columns and types were not checked"));
  }

  /** Also columns and types, from {@code conf/schemas}. */
  CheckFindings offline() {
    return look(this::analyze);
  }

  /**
   * Also the sources, the stored signals and the CRM as they are.
   *
   * @param eventDays a rule without an event for so many days is worth a warning
   */
  CheckFindings live(int eventDays) {
    return look(
        workspace -> {
          lookAtSources(workspace);
          if (analyze(workspace)) {
            lookAtPushdown(workspace);
            workspace.project().destinations().forEach(crm -> lookAtCrm(workspace, crm));
          }
          lookAtSignals(workspace, eventDays);
        });
  }

  private interface Depth {
    void look(Workspace workspace);
  }

  private CheckFindings look(Depth depth) {
    try (Workspace workspace = Workspace.open(options, clock)) {
      return look(workspace, depth);
    } catch (ProblemException e) {
      problems.addAll(e.problems());
      parseFiles(options.project());
      return new CheckFindings(problems, warnings, List.of(), List.of(), 0, 0, notes, Map.of());
    }
  }

  private CheckFindings look(Workspace workspace, Depth depth) {
    Project project = workspace.project();
    List<String> models = List.of();
    Map<String, String> sql = Map.of();
    try {
      ModelGraph graph = workspace.graph();
      models = graph.inOrder().stream().map(SqlModel::name).toList();
      sql = BuiltInSql.of(project, graph);
      problems.addAll(TestCases.fileProblems(project, graph, workspace.asOf()));
      depth.look(workspace);
      sql = new LinkedHashMap<>(sql);
      sql.putAll(pushed);
    } catch (ProblemException e) {
      problems.addAll(e.problems());
    }
    warnings.addAll(
        ProjectLoader.warnings(
            options.project(), options.profile(), options.settings(), System.getenv(), heard));
    return new CheckFindings(
        problems,
        warnings,
        models,
        notChecked,
        project.definition().models().stream().mapToInt(model -> model.rules().size()).sum(),
        project.destinations().size(),
        notes,
        sql);
  }

  /** True if nothing is wrong with the models. */
  private boolean analyze(Workspace workspace) {
    ModelAnalysis analysis =
        OfflineModels.analyze(workspace.spark(), workspace.project(), workspace.graph());
    problems.addAll(analysis.problems());
    notChecked.addAll(analysis.notChecked());
    return analysis.problems().isEmpty();
  }

  private void lookAtSources(Workspace workspace) {
    SampleData.makeIfMissing(workspace.project(), console);
    startSandbox(workspace);
    console.say("Looking at the sources …");
    for (Source source : workspace.project().sources()) {
      if (source.isCrm()) {
        problems.addAll(CrmSources.problems(workspace, source, RunIds.next(clock)));
      }
    }
    LiveSources.Findings findings =
        LiveSources.look(workspace.spark(), workspace.project(), workspace.asOf());
    // A database that is not there is not there for any of its tables.
    findings.problems().stream().distinct().forEach(problems::add);
    notes.add(RunView.plural(findings.tables(), "source table") + " can be read");
    notes.addAll(findings.differences());
    findings.written().forEach(file -> notes.add("written: " + file));
  }

  /** A source that cannot be read has told so by now. */
  private void lookAtPushdown(Workspace workspace) {
    if (!problems.isEmpty()) {
      return;
    }
    PushdownLook.Findings findings =
        PushdownLook.look(
            workspace.spark(), workspace.project(), workspace.graph(), workspace.asOf());
    notes.addAll(findings.notes());
    pushed.putAll(findings.sql());
  }

  private void lookAtSignals(Workspace workspace, int days) {
    heard = RecentSignals.heard(workspace.state(), days);
    if (heard.isEmpty()) {
      notes.add("no run has stored signals yet: rules without events were not looked for");
    }
  }

  /** What sales sets in the built-in CRM is a source too: its file is there once it has run. */
  private void startSandbox(Workspace workspace) {
    for (DestinationSettings settings : workspace.project().destinations()) {
      if (settings.sandbox()) {
        connect(workspace, settings).close();
      }
    }
  }

  private void lookAtCrm(Workspace workspace, DestinationSettings settings) {
    try (Connection crm = connect(workspace, settings)) {
      if (!crm.isPresent()) {
        notes.add(settings.name() + ": not asked, it has no token");
        return;
      }
      List<CrmField> fields = Destinations.fields(workspace, settings, crm);
      notes.add(
          settings.name()
              + ": "
              + RunView.plural(fields.size(), "field")
              + ", among them the "
              + settings.fields().size()
              + " that ripen writes");
    } catch (ProblemException e) {
      problems.addAll(e.problems());
    }
  }

  private Connection connect(Workspace workspace, DestinationSettings settings) {
    return Connection.open(workspace.project(), settings, RunIds.next(clock), workspace);
  }

  /** Without the configuration nobody knows tables or destinations, but a comma too many shows. */
  private void parseFiles(Path project) {
    Path directory = project.resolve("sql");
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .filter(file -> file.getFileName().toString().endsWith(".sql"))
          .sorted()
          .forEach(file -> parse(project, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    notes.add("the SQL was only parsed: mend the configuration first");
  }

  private void parse(Path project, Path file) {
    String path = project.relativize(file).toString().replace('\\', '/');
    try {
      new SparkSqlReader().parse(path, Files.readString(file));
    } catch (ProblemException e) {
      problems.addAll(e.problems());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
