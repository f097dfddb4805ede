package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ripen.config.DefinitionText;
import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.problem.Problem;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What companies have published about their MQLs, each a project below {@code src/test/definitions}
 * with timelines that were worked out by hand. They run as {@code ripen test} runs them.
 */
class PublishedDefinitionsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", ""), "src", "test", "definitions");
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");

  @Test
  void areAllThere() {
    assertThat(names())
        .containsExactly(
            "classic",
            "gitlab",
            "gitlab-2022",
            "gitlab-fy25",
            "half-life",
            "hubspot-tool",
            "marketo-early",
            "mattermost",
            "pardot-defaults",
            "posthog-icp",
            "posthog-lead",
            "relias",
            "sourcegraph-mql",
            "sourcegraph-pql");
  }

  @TestFactory
  Stream<DynamicTest> comeToWhatWasWorkedOutByHand() {
    SparkSession spark = SparkTestSession.create();
    return each(project -> comesToWhatWasWorkedOut(spark, project));
  }

  private static void comesToWhatWasWorkedOut(SparkSession spark, Project project) {
    TestCases cases = TestCases.load(spark, project, graph(project), AS_OF);
    List<ModelCaseResult> results = cases.run(name -> true, result -> {});
    assertThat(results).filteredOn(result -> result.suite().equals("rules")).hasSizeGreaterThan(2);
    assertThat(results).filteredOn(result -> !result.passed()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> haveNothingThatACheckOfTheFilesFinds() {
    return each(
        project -> {
          assertThat(TestCases.fileProblems(project, graph(project), AS_OF)).isEmpty();
          assertThat(warnings(project)).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> canBeReadAsSentences() {
    return each(
        project ->
            Golden.assertMatches(
                "definitions/" + project.name() + ".txt",
                DefinitionText.sentences(project.definition())));
  }

  private static Stream<DynamicTest> each(Consumer<Project> test) {
    return names().stream().map(name -> dynamicTest(name, () -> test.accept(load(name))));
  }

  private static List<String> names() {
    try (Stream<Path> projects = Files.list(ROOT)) {
      return projects
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Project load(String name) {
    return ProjectLoader.load(
        ROOT.resolve(name).toAbsolutePath(), Optional.empty(), Map.of(), Map.of());
  }

  private static List<Problem> warnings(Project project) {
    return ProjectLoader.warnings(
        project.directory(), Optional.empty(), Map.of(), Map.of(), Optional.empty());
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
