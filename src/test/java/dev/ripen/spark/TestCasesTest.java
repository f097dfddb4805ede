package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Project;
import dev.ripen.problem.Problem;
import dev.ripen.sqlmodel.ModelGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("spark")
class TestCasesTest {
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");
  private static final String CASE = "sql/tests/rules/five-events-make-an-mql/";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"default, 5", "simple, 2"})
  void everyCaseOfATemplatePasses(String template, int cases) {
    List<ModelCaseResult> results = run(TemplateProjects.load(template));
    assertThat(results).hasSize(cases);
    assertThat(results).extracting(ModelCaseResult::message).containsOnly("");
  }

  @Test
  void showsTheScoreThatACaseOfRulesDidNotExpect() throws IOException {
    copySimple();
    Files.writeString(
        directory.resolve(CASE + "expect.csv"),
        "lead_id,score,is_mql\nripe,6,true\ngreen,4,false\nours,5,false\nbought,0,false\n");
    List<ModelCaseResult> results = run(project());
    assertThat(results.get(1))
        .isEqualTo(
            new ModelCaseResult(
                "rules",
                "five-events-make-an-mql",
                false,
                """
                expected 4 rows, got 4: 1 missing (-), 1 unexpected (+)
                    lead_id | score | is_mql
                  + ripe    | 5     | true
                  - ripe    | 6     | true"""));
  }

  @Test
  void anIdentityThatIsGivenCounts() throws IOException {
    copySimple();
    Files.writeString(
        directory.resolve(CASE + "identities.csv"), "visitor_id,lead_id\nripe,green\n");
    Files.writeString(
        directory.resolve(CASE + "expect.csv"),
        "lead_id,score,is_mql\nripe,0,false\ngreen,5,true\nours,0,false\nbought,0,false\n");
    assertThat(run(project()).get(1).message()).isEmpty();
  }

  @Test
  void refusesFilesThatFitNoConvention() throws IOException {
    copySimple();
    Files.delete(directory.resolve(CASE + "leads.csv"));
    Files.writeString(directory.resolve(CASE + "statuses.csv"), "lead_id\n");
    Files.writeString(directory.resolve("sql/tests/rules/notes.txt"), "mine");
    Project project = project();
    assertThat(TestCases.fileProblems(project, TemplateProjects.graph(project), AS_OF))
        .extracting(Problem::what)
        .containsExactly(
            CASE + "statuses.csv is given, but there is no sql/statuses.sql",
            "sql/tests/rules/notes.txt fits no convention");
  }

  private List<ModelCaseResult> run(Project project) {
    ModelGraph graph = TemplateProjects.graph(project);
    TestCases cases = TestCases.load(SparkTestSession.create(), project, graph, AS_OF);
    List<ModelCaseResult> heard = new ArrayList<>();
    List<ModelCaseResult> results = cases.run(name -> true, heard::add);
    assertThat(heard).isEqualTo(results);
    assertThat(cases.names()).hasSameSizeAs(results);
    return results;
  }

  private Project project() {
    return dev.ripen.config.ProjectLoader.load(directory, Optional.empty(), Map.of(), Map.of());
  }

  private void copySimple() throws IOException {
    Path from = TemplateProjects.directory("simple");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = directory.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
