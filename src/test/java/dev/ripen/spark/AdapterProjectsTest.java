package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.adapters.Adapters;
import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.problem.Problem;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.testing.TestProjects;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The projects that {@code ripen init} composes: nothing is wrong with them, and their cases pass.
 */
@Tag("spark")
class AdapterProjectsTest {
  private static final Adapters ADAPTERS = Adapters.load();
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");

  /** Other ways to tools that have an adapter by their bare names. */
  private static final List<String> OTHER_WAYS = List.of("-airbyte", "-api");

  @TempDir Path directory;

  static Stream<String> crms() {
    return ADAPTERS.crms().keySet().stream();
  }

  /** Those that bring events by themselves. */
  static Stream<String> events() {
    return ADAPTERS.events().keySet().stream();
  }

  static Stream<String> warehouses() {
    return ADAPTERS.warehouses().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("crms")
  void everyCrmFitsAllEventsTogether(String crm) {
    List<String> others =
        events()
            .filter(events -> OTHER_WAYS.stream().noneMatch(way -> crm.equals(events + way)))
            .toList();
    assertRight(write(List.of(crm), others, "snowflake"));
  }

  /** Their columns are looked at above; here, that they do and their rules can score somebody. */
  @ParameterizedTest
  @MethodSource("events")
  void everyEventsAdapterFitsWithoutTheOthers(String events) {
    boolean bringsNone = Set.of("6sense", "outfunnel", "usermotion").contains(events);
    List<String> chosen = bringsNone ? List.of(events, "snowplow") : List.of(events);
    Project project = write(List.of("hubspot"), chosen, "parquet");
    assertThat(TestCases.fileProblems(project, graph(project), AS_OF)).isEmpty();
    assertThat(
            ProjectLoader.warnings(
                directory, Optional.empty(), Map.of(), Map.of(), Optional.empty()))
        .extracting(Problem::what)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void everyWarehouseIsAConfigurationThatCanBeRead(String warehouse) {
    Project project = write(List.of("hubspot"), List.of("table"), warehouse);
    assertThat(project.sources()).extracting("name").containsExactlyInAnyOrder("hubspot", "marts");
  }

  @Test
  void everyCaseOfEveryAdapterPasses() {
    List<String> tools = crms().filter(crm -> !isOtherWay(crm)).toList();
    assertThat(run(tools, List.copyOf(ADAPTERS.events().keySet()), Optional.of("duckdb")))
        .hasSizeGreaterThan(50);
  }

  @Test
  void everyCaseOfTheSameToolsByAirbytePasses() {
    List<String> tools = crms().filter(crm -> crm.contains("-airbyte")).toList();
    assertThat(run(tools, List.of("callrail"), Optional.of("duckdb"))).hasSizeGreaterThan(10);
  }

  @Test
  void everyCaseOfHubSpotWithoutAWarehousePasses() {
    assertThat(run(List.of("hubspot-api"), List.of(), Optional.empty())).hasSizeGreaterThan(3);
  }

  private static boolean isOtherWay(String crm) {
    return OTHER_WAYS.stream().anyMatch(crm::endsWith);
  }

  private List<ModelCaseResult> run(
      List<String> crms, List<String> events, Optional<String> warehouse) {
    Project project = write(crms, events, warehouse);
    assertRight(project);
    TestCases cases = TestCases.load(SparkTestSession.create(), project, graph(project), AS_OF);
    List<ModelCaseResult> results = cases.run(name -> true, result -> {});
    assertThat(results)
        .filteredOn(result -> !result.passed())
        .extracting(result -> result.name() + "\n" + result.message())
        .isEmpty();
    return results;
  }

  private static ModelGraph graph(Project project) {
    return ModelGraph.load(
        project.directory(),
        new SparkSqlReader(),
        OfflineModels.sourceTables(project),
        CanonicalTables.BUILT_IN,
        project.destinations().stream().map(DestinationSettings::name).collect(Collectors.toSet()));
  }

  private static void assertRight(Project project) {
    ModelGraph graph = graph(project);
    assertThat(TestCases.fileProblems(project, graph, AS_OF)).extracting(Problem::what).isEmpty();
    ModelAnalysis analysis = OfflineModels.analyze(SparkTestSession.create(), project, graph);
    assertThat(analysis.problems()).isEmpty();
    assertThat(analysis.notChecked()).isEmpty();
  }

  private Project write(List<String> crms, List<String> events, String warehouse) {
    return write(crms, events, Optional.of(warehouse));
  }

  private Project write(List<String> crms, List<String> events, Optional<String> warehouse) {
    ADAPTERS
        .project("acme-mql", crms, events, warehouse)
        .files()
        .forEach((path, text) -> TestProjects.write(directory.resolve(path), text));
    return ProjectLoader.load(directory, Optional.empty(), Map.of(), Map.of());
  }
}
