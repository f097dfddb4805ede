package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A project of one adapter of events alone, with nothing else in it than has to be. */
final class EventAdapterProject {
  private static final Path ADAPTERS =
      Path.of(System.getProperty("basedir", ""), "src/main/resources/dev/ripen/adapters/events");
  private static final Map<String, String> OTHERS =
      Map.of(
          "leads", "SELECT 'x' AS lead_id, 'x' AS email, TIMESTAMP '2026-01-01' AS created_at",
          "identities", "SELECT 'x' AS visitor_id, 'x' AS lead_id",
          "scores", "SELECT 'x' AS lead_id, false AS is_mql, 0 AS score");
  private static final String NO_EVENTS =
      "SELECT 'x' AS event_id, 'x' AS visitor_id, TIMESTAMP '2026-01-01' AS occurred_at,"
          + " 'x' AS event_type";

  private final Path directory;
  private final Config conf;
  private final String source;

  private EventAdapterProject(Path directory, Config conf, String source) {
    this.directory = directory;
    this.conf = conf;
    this.source = source;
  }

  static List<String> names() {
    try (Stream<Path> directories = Files.list(ADAPTERS)) {
      return directories.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static EventAdapterProject write(Path directory, String name) throws IOException {
    Path adapter = ADAPTERS.resolve(name);
    try (Stream<Path> files = Files.walk(adapter)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(file, directory.resolve(adapter.relativize(file).toString()));
      }
    }
    Config conf = ConfigFactory.parseFile(adapter.resolve("adapter.conf").toFile());
    String source = conf.hasPath("source") ? conf.getString("source") : name;
    EventAdapterProject project = new EventAdapterProject(directory, conf, source);
    OTHERS.forEach(project::model);
    project.model("events", NO_EVENTS);
    for (String part : conf.getStringList("provides")) {
      if (!part.equals("links")) {
        project.model(part, "SELECT * FROM " + project.modelOf(part));
      }
    }
    return project;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }

  /** Adds a model of the test. */
  void model(String name, String sql) {
    write("sql/" + name + ".sql", "-- One row per row\n" + sql + "\n");
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

  /** The models that the adapter brings for the tables of a project. */
  Set<String> provided() {
    return conf.getStringList("provides").stream().map(this::modelOf).collect(Collectors.toSet());
  }

  private String modelOf(String part) {
    String key = "models." + part;
    return conf.hasPath(key) ? conf.getString(key) : source + "_" + part;
  }

  /** The columns of a source table, as its file has them. */
  StructType schema(String table) {
    return ModelSchemas.load(directory, Set.of(table)).get(table);
  }

  ModelGraph graph() {
    return ModelGraph.load(
        directory, new SparkSqlReader(), sourceTables(), CanonicalTables.BUILT_IN, Set.of());
  }

  private Set<String> sourceTables() {
    Set<String> tables = new TreeSet<>();
    conf.getObject("tables").keySet().forEach(table -> tables.add(source + "." + table));
    return tables;
  }

  List<ModelCaseResult> run(SparkSession spark, ModelGraph graph) {
    SparkSession session = spark.newSession();
    MailFunctions.register(session);
    Map<String, Object> parameters = Map.of("as_of", Instant.parse("2026-11-20T05:00:00Z"));
    Map<String, StructType> sources = ModelSchemas.load(directory, sourceTables());
    BuiltIns none = ignored -> {};
    ModelAnalysis analysis = new ModelAnalyzer(session, parameters).analyze(graph, sources, none);
    assertThat(analysis.problems()).isEmpty();
    return ModelCases.load(session, directory, graph, sources, analysis, parameters, none).run();
  }
}
