package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the directories below {@code sql/tests}, those of {@code rules} excepted. */
final class ModelCaseFiles {
  private static final String CONVENTION =
      "Cases are sql/tests/<model>/<case>/ with given_<table>.csv, expect.csv and case.conf";

  private final Path project;
  private final ModelGraph graph;
  private final Map<String, Object> parameters;
  private final List<Problem> problems = new ArrayList<>();
  private final List<ModelCase> cases = new ArrayList<>();

  private ModelCaseFiles(Path project, ModelGraph graph, Map<String, Object> parameters) {
    this.project = project;
    this.graph = graph;
    this.parameters = parameters;
  }

  /**
   * All cases, sorted by model and name.
   *
   * @throws ProblemException with every file that fits no convention or cannot be read
   */
  static List<ModelCase> load(Path project, ModelGraph graph, Map<String, Object> parameters) {
    ModelCaseFiles files = new ModelCaseFiles(project, graph, parameters);
    Path tests = project.resolve("sql/tests");
    if (Files.isDirectory(tests)) {
      list(tests).stream()
          .filter(path -> !path.getFileName().toString().equals("rules"))
          .forEach(files::suite);
    }
    if (!files.problems.isEmpty()) {
      throw new ProblemException(files.problems);
    }
    return List.copyOf(files.cases);
  }

  private void suite(Path directory) {
    if (!Files.isDirectory(directory)) {
      unexpected(directory, "fits no convention", CONVENTION);
      return;
    }
    String name = directory.getFileName().toString();
    Optional<SqlModel> model = graph.findModel(name);
    if (model.isEmpty()) {
      Set<String> known = new TreeSet<>();
      graph.inOrder().forEach(each -> known.add(each.name()));
      String guess =
          NearestName.of(name, known).map(near -> "did you mean " + near + "? ").orElse("");
      unexpected(directory, "is named after no model", guess + CONVENTION);
      return;
    }
    for (Path path : list(directory)) {
      if (Files.isDirectory(path)) {
        readCase(model.get(), path);
      } else {
        unexpected(path, "fits no convention", CONVENTION);
      }
    }
  }

  private void readCase(SqlModel model, Path directory) {
    Map<String, ModelCsv> given = new TreeMap<>();
    Optional<ModelCsv> expect = Optional.empty();
    ModelCaseSettings settings = ModelCaseSettings.none(parameters);
    int before = problems.size();
    for (Path path : list(directory)) {
      String name = path.getFileName().toString();
      try {
        if (name.equals("expect.csv")) {
          expect = Optional.of(ModelCsv.read(project, path));
        } else if (name.equals("case.conf")) {
          settings = ModelCaseSettings.parse(relative(path), read(path), parameters);
        } else if (name.startsWith("given_") && name.endsWith(".csv")) {
          given(model, path, given);
        } else {
          unexpected(path, "fits no convention", CONVENTION);
        }
      } catch (ProblemException e) {
        problems.addAll(e.problems());
      }
    }
    if (expect.isPresent()) {
      cases.add(
          new ModelCase(
              model.name(),
              directory.getFileName().toString(),
              relative(directory),
              given,
              expect.get(),
              settings.parameters(),
              settings.order()));
    } else if (problems.size() == before) {
      unexpected(directory, "has no expect.csv", CONVENTION);
    }
  }

  private void given(SqlModel model, Path path, Map<String, ModelCsv> given) {
    String file = path.getFileName().toString();
    String table =
        file.substring("given_".length(), file.length() - ".csv".length()).toLowerCase(Locale.ROOT);
    Set<String> read = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    read.addAll(graph.readBy(model.name()));
    if (!read.contains(table)) {
      String guess =
          NearestName.of(table, read).map(near -> "did you mean " + near + "? ").orElse("");
      unexpected(
          path,
          "gives a table that " + model.name() + " does not read",
          guess + model.name() + " reads: " + String.join(", ", read));
      return;
    }
    given.put(table, ModelCsv.read(project, path));
  }

  private void unexpected(Path path, String what, String fix) {
    String file = relative(path);
    problems.add(
        Problem.at(SourceSpan.ofFile(file), ErrorCode.SQL_FILE_UNEXPECTED, file + " " + what, fix));
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
