package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionCommandTest {
  @TempDir Path parent;

  @Test
  void saysTheRulesInSentencesInMarkdownAndForPrograms() {
    Path project = parent.resolve("simple");
    ProjectTemplate.SIMPLE.write(project);
    Golden.assertMatches("cli/definition.txt", definition(project));
    Golden.assertMatches("cli/definition.md", definition(project, "--markdown"));
    Golden.assertMatches("cli/definition.json", definition(project, "--format", "json"));
  }

  @Test
  void showsTheWholeLanguageToPrograms() throws IOException {
    Path project = parent.resolve("simple");
    ProjectTemplate.SIMPLE.write(project);
    for (String name : List.of("every-piece", "several")) {
      Files.copy(
          Path.of(System.getProperty("basedir", ""), "src/test/resources/config", name)
              .resolve("scoring.conf"),
          project.resolve("conf/scoring.conf"),
          StandardCopyOption.REPLACE_EXISTING);
      ObjectNode json =
          (ObjectNode) new ObjectMapper().readTree(definition(project, "--format", "json"));
      json.remove(List.of("text", "markdown"));
      Golden.assertMatches("cli/definition-" + name + ".json", json.toPrettyString() + "\n");
    }
  }

  private static String definition(Path project, String... more) {
    String[] arguments = new String[more.length + 3];
    System.arraycopy(more, 0, arguments, 3, more.length);
    arguments[0] = "definition";
    arguments[1] = "--project";
    arguments[2] = project.toString();
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.err())
        .isEqualTo(
            "Note: sql/scores.sql does not call score_timeline: it decides by itself what it makes"
                + " of these rules.\n");
    assertThat(run.exit()).isZero();
    return run.out();
  }
}
