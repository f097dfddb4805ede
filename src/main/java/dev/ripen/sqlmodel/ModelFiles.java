package dev.ripen.sqlmodel;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.SqlModel.Layer;
import dev.ripen.sqlmodel.SqlReader.ParsedSql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the files below {@code sql} and says which of them are models. */
final class ModelFiles {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final String CONVENTION =
      "Models are sql/<name>.sql, sql/staging/<name>.sql and sql/crm/<destination>.sql; cases are"
          + " in sql/tests. Move or delete it";

  private final Path project;
  private final SqlReader reader;
  private final Set<String> builtIns;
  private final Set<String> destinations;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, SqlModel> models = new TreeMap<>();
  private final Set<String> seen = new TreeSet<>();

  ModelFiles(Path project, SqlReader reader, Set<String> builtIns, Set<String> destinations) {
    this.project = project;
    this.reader = reader;
    this.builtIns = builtIns;
    this.destinations = destinations;
  }

  /** Reads every file once. */
  void read() {
    for (Path file : files()) {
      String path = project.relativize(file).toString().replace('\\', '/');
      if (path.startsWith("sql/tests/")) {
        continue;
      }
      Optional<Layer> layer = layer(path);
      if (layer.isEmpty()) {
        unexpected(path, path + " fits no convention", CONVENTION);
      } else {
        add(file, path, layer.get());
      }
    }
  }

  /** The models by name, also those with problems as long as they parse. */
  Map<String, SqlModel> models() {
    return models;
  }

  /** Names of all models that have a file, parsed or not. */
  Set<String> names() {
    return seen;
  }

  List<Problem> problems() {
    return problems;
  }

  private List<Path> files() {
    Path directory = project.resolve("sql");
    if (!Files.isDirectory(directory)) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.PROJECT_NOT_FOUND,
              "the project has no directory sql",
              "Run: ripen init DIR, or name the project with --project DIR"));
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      // Hidden files belong to editors and file systems; no SELECT gets lost with them.
      return walk.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Layer> layer(String path) {
    List<String> parts = List.of(path.split("/", -1));
    String name = parts.get(parts.size() - 1).replaceFirst("\\.sql$", "");
    if (!path.endsWith(".sql")) {
      return Optional.empty();
    }
    if (parts.size() == 3 && parts.get(1).equals("crm")) {
      return Optional.of(Layer.CRM);
    }
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    if (parts.size() == 3 && parts.get(1).equals("staging")) {
      return Optional.of(Layer.STAGING);
    }
    if (parts.size() != 2) {
      return Optional.empty();
    }
    if (name.equals("scores")) {
      return Optional.of(Layer.SCORES);
    }
    return Optional.of(CanonicalTables.canonical().contains(name) ? Layer.CANONICAL : Layer.OTHER);
  }

  private void add(Path file, String path, Layer layer) {
    String base = file.getFileName().toString().replaceFirst("\\.sql$", "");
    if (layer == Layer.CRM && !destinations.contains(base)) {
      String guess =
          NearestName.of(base, destinations).map(d -> "did you mean " + d + ".sql? ").orElse("");
      unexpected(
          path,
          path + " belongs to no destination of conf/ripen.conf",
          guess + "Rename it, delete it, or add the destination " + base);
      return;
    }
    String name = layer == Layer.CRM ? ModelGraph.crmModel(base) : base;
    if (builtIns.contains(name)) {
      unexpected(path, path + " has the name of a built-in table", "Rename it");
      return;
    }
    if (!seen.add(name)) {
      unexpected(path, path + " gives a second model the name " + name, "Rename one of them");
      return;
    }
    text(file, path).ifPresent(text -> parse(name, path, text, layer));
  }

  private Optional<String> text(Path file, String path) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      problems.add(
          Problem.at(
              SourceSpan.ofFile(path),
              ErrorCode.SQL_NOT_PARSED,
              path + " is not UTF-8",
              "Save it as UTF-8"));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void parse(String name, String path, String text, Layer layer) {
    ModelHeader header = ModelHeader.parse(path, text);
    problems.addAll(header.problems());
    try {
      ParsedSql parsed = reader.parse(path, text);
      models.put(
          name, new SqlModel(name, path, text, layer, header.grain(), header.checks(), parsed));
    } catch (ProblemException e) {
      problems.addAll(e.problems());
    }
  }

  private void unexpected(String path, String what, String fix) {
    problems.add(Problem.at(SourceSpan.ofFile(path), ErrorCode.SQL_FILE_UNEXPECTED, what, fix));
  }
}
