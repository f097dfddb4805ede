package dev.ripen.spark;

import dev.ripen.adapters.Adapters;
import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.testing.TestProjects;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A project as {@code ripen init} writes it for one tool that brings events, and for plain tables.
 */
final class EventAdapterProject {
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");

  private final Path directory;

  private EventAdapterProject(Path directory) {
    this.directory = directory;
  }

  static EventAdapterProject write(Path directory, String events) {
    EventAdapterProject project = new EventAdapterProject(directory.toAbsolutePath());
    Adapters.load()
        .project("acme", List.of("table"), List.of(events), Optional.of("duckdb"))
        .files()
        .forEach(project::write);
    return project;
  }

  void write(String path, String text) {
    TestProjects.write(directory.resolve(path), text);
  }

  /** The columns of a source table that the adapter reads. */
  List<String> columns(String table) {
    return List.of(schema(table).fieldNames());
  }

  StructType schema(String table) {
    return ModelSchemas.load(directory, Set.of(table)).get(table);
  }

  /** The source tables that a model reads, directly or not. */
  Set<String> readBy(String model) {
    return graph().readBy(model);
  }

  ModelGraph graph() {
    return graph(load());
  }

  /** What {@code ripen test} says of one case. */
  ModelCaseResult run(SparkSession spark, String test) {
    Project project = load();
    return TestCases.load(spark, project, graph(project), AS_OF)
        .run(test::equals, result -> {})
        .get(0);
  }

  private Project load() {
    return ProjectLoader.load(directory, Optional.empty(), Map.of(), Map.of());
  }

  private static ModelGraph graph(Project project) {
    return ModelGraph.load(
        project.directory(),
        new SparkSqlReader(),
        OfflineModels.sourceTables(project),
        CanonicalTables.BUILT_IN,
        Set.of());
  }
}
