package dev.ripen.spark;

import static java.util.stream.Collectors.toSet;

import dev.ripen.adapters.Adapters;
import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.problem.Problem;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A project as {@code ripen init --crm … --events …} writes it, and what its commands find in it.
 */
final class EventAdapterProject {
  private static final Path ADAPTERS =
      Path.of(System.getProperty("basedir", ""), "src/main/resources/dev/ripen/adapters/events");
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");

  private final Path directory;

  private EventAdapterProject(Path directory) {
    this.directory = directory;
  }

  /** The adapters that there are. */
  static List<String> names() {
    try (Stream<Path> directories = Files.list(ADAPTERS)) {
      return directories.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static EventAdapterProject write(Path directory, List<String> crms, List<String> events) {
    EventAdapterProject project = new EventAdapterProject(directory);
    Adapters.load()
        .project("acme", crms, events, Optional.of("duckdb"))
        .files()
        .forEach(project::write);
    return project;
  }

  void write(String path, String text) {
    Path file = directory.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return directory;
  }

  /** What {@code ripen check} says, warnings included. */
  List<Problem> problems(SparkSession spark) {
    Project project = load();
    List<Problem> problems =
        new ArrayList<>(OfflineModels.analyze(spark, project, graph(project)).problems());
    problems.addAll(TestCases.fileProblems(project, graph(project), AS_OF));
    problems.addAll(
        ProjectLoader.warnings(directory, Optional.empty(), Map.of(), Map.of(), Optional.empty()));
    return problems;
  }

  /** What {@code ripen test} says. */
  List<ModelCaseResult> run(SparkSession spark, Predicate<String> wanted) {
    Project project = load();
    return TestCases.load(spark, project, graph(project), AS_OF).run(wanted, result -> {});
  }

  /** The source tables that a model reads, directly or not. */
  Set<String> readBy(String model) {
    return graph(load()).readBy(model);
  }

  private Project load() {
    return ProjectLoader.load(directory.toAbsolutePath(), Optional.empty(), Map.of(), Map.of());
  }

  /** Loading also says what is not row-local: a range of days would not reach the source. */
  private static ModelGraph graph(Project project) {
    return ModelGraph.load(
        project.directory(),
        new SparkSqlReader(),
        OfflineModels.sourceTables(project),
        CanonicalTables.BUILT_IN,
        project.destinations().stream().map(DestinationSettings::name).collect(toSet()));
  }
}
