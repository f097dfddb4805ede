package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.testing.Golden;
import java.nio.file.Path;
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
