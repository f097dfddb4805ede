package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.ModelGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the directories below {@code sql/tests/rules}. */
final class RuleCaseFiles {
  private static final String CONVENTION =
      "Cases of rules are sql/tests/rules/<case>/ with events.csv, leads.csv, expect.csv, and"
          + " statuses.csv, attribute_changes.csv, account_events.csv, identities.csv and case.conf"
          + " where they are needed";
  private static final Set<String> REQUIRED = Set.of("events", "leads", "expect");
  private static final Set<String> OPTIONAL =
      Set.of("statuses", "identities", "attribute_changes", "account_events");

  private final Path project;
  private final ModelGraph graph;
  private final Map<String, Object> parameters;
  private final List<Problem> problems = new ArrayList<>();
  private final List<RuleCase> cases = new ArrayList<>();

  private RuleCaseFiles(Path project, ModelGraph graph, Map<String, Object> parameters) {
    this.project = project;
    this.graph = graph;
    this.parameters = parameters;
  }

  /**
   * All cases, sorted by name.
   *
   * @throws ProblemException with every file that fits no convention or cannot be read
   */
  static List<RuleCase> load(Path project, ModelGraph graph, Map<String, Object> parameters) {
    RuleCaseFiles files = new RuleCaseFiles(project, graph, parameters);
    Path suite = project.resolve("sql/tests").resolve(RuleCase.SUITE);
    if (Files.isDirectory(suite)) {
      for (Path path : list(suite)) {
        if (Files.isDirectory(path)) {
          files.readCase(path);
        } else {
          files.unexpected(path, "fits no convention");
        }
      }
    }
    if (!files.problems.isEmpty()) {
      throw new ProblemException(files.problems);
    }
    return List.copyOf(files.cases);
  }

  private void readCase(Path directory) {
    Map<String, ModelCsv> tables = new TreeMap<>();
    ModelCaseSettings settings = ModelCaseSettings.none(parameters);
    int before = problems.size();
    for (Path path : list(directory)) {
      String file = path.getFileName().toString();
      try {
        if (file.equals("case.conf")) {
          settings = ModelCaseSettings.parse(relative(path), read(path), parameters);
        } else if (isTable(file)) {
          tables.put(file.replaceFirst("\\.csv$", ""), ModelCsv.read(project, path));
        } else {
          unexpected(path, "fits no convention");
        }
      } catch (ProblemException e) {
        problems.addAll(e.problems());
      }
    }
    for (String table : tables.keySet()) {
      if (OPTIONAL.contains(table) && graph.findModel(table).isEmpty()) {
        unexpected(
            directory.resolve(table + ".csv"), "is given, but there is no sql/" + table + ".sql");
      }
    }
    if (problems.size() == before) {
      complete(directory, tables, settings);
    }
  }

  private void complete(Path directory, Map<String, ModelCsv> tables, ModelCaseSettings settings) {
    Set<String> missing = new TreeSet<>(REQUIRED);
    missing.removeAll(tables.keySet());
    if (!missing.isEmpty()) {
      unexpected(directory, "has no " + String.join(".csv, no ", missing) + ".csv");
      return;
    }
    @Nullable ModelCsv expect = tables.remove("expect");
    if (expect != null) {
      cases.add(
          new RuleCase(
              directory.getFileName().toString(),
              relative(directory),
              tables,
              expect,
              settings.parameters(),
              settings.order()));
    }
  }

  private static boolean isTable(String file) {
    String name = file.replaceFirst("\\.csv$", "");
    return file.endsWith(".csv") && (REQUIRED.contains(name) || OPTIONAL.contains(name));
  }

  private void unexpected(Path path, String what) {
    String file = relative(path);
    problems.add(
        Problem.at(
            SourceSpan.ofFile(file), ErrorCode.SQL_FILE_UNEXPECTED, file + " " + what, CONVENTION));
  }

  private String relative(Path path) {
    return project.relativize(path).toString().replace('\\', '/');
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.filter(path -> !path.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
