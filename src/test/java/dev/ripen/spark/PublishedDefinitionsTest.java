package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ripen.config.DefinitionText;
import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
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
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DynamicNode;
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
  Stream<DynamicNode> comeToWhatWasWorkedOutByHand() {
    SparkSession spark = SparkTestSession.create();
    return names().stream().map(name -> dynamicContainer(name, timelines(spark, name)));
  }

  private static Stream<DynamicNode> timelines(SparkSession spark, String name) {
    Project project = load(name);
    TestCases cases = TestCases.load(spark, project, graph(project), AS_OF);
    return Stream.concat(
        Stream.of(
            dynamicTest(
                "has three timelines",
                () -> assertThat(cases.names()).hasSizeGreaterThanOrEqualTo(3))),
        cases.names().stream().map(one -> dynamicTest(one, () -> passes(name, cases, one))));
  }

  private static void passes(String project, TestCases cases, String name) {
    List<ModelCaseResult> results = cases.run(name::equals, result -> {});
    // Surefire numbers dynamic tests instead of naming them.
    assertThat(results)
        .as(project + " " + name)
        .singleElement()
        .satisfies(result -> assertThat(result.message()).isEmpty())
        .satisfies(result -> assertThat(result.passed()).isTrue());
  }

  @TestFactory
  Stream<DynamicNode> haveNothingThatACheckOfTheFilesFinds() {
    return names().stream()
        .map(
            name ->
                dynamicTest(
                    name,
                    () -> {
                      Project project = load(name);
                      assertThat(TestCases.fileProblems(project, graph(project), AS_OF)).isEmpty();
                    }));
  }

  @TestFactory
  Stream<DynamicNode> canBeReadAsSentences() {
    return names().stream()
        .map(
            name ->
                dynamicTest(
                    name,
                    () ->
                        Golden.assertMatches(
                            "definitions/" + name + ".txt",
                            DefinitionText.sentences(load(name).definition()))));
  }

  private static List<String> names() {
    try (Stream<Path> projects = Files.list(ROOT)) {
      return projects.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Project load(String name) {
    return ProjectLoader.load(
        ROOT.resolve(name).toAbsolutePath(), Optional.empty(), Map.of(), Map.of());
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
