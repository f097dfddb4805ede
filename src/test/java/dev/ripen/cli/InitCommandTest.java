package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitCommandTest {
  @TempDir Path parent;

  @ParameterizedTest
  @ValueSource(strings = {"default", "simple"})
  void writesAProjectWhoseTextsAreRight(String template) throws IOException {
    Path project = parent.resolve("Acme MQL");
    CommandRun run = CommandRun.of("init", project.toString(), "--template", template);
    assertThat(run.exit()).isZero();
    Golden.assertMatches("cli/init-" + template + "-files.txt", files(project));
    assertThat(project.resolve("conf/ripen.conf"))
        .content()
        .startsWith("project   = acme-mql\n")
        .contains("mode     = shadow");
    CommandRun check = CommandRun.of("check", "--syntax", "--project", project.toString());
    assertThat(check.exit()).isZero();
    Golden.assertMatches("cli/init-" + template + "-check.txt", check.out());
  }

  @Test
  void composesAProjectOfNamedTools() throws IOException {
    Path project = parent.resolve("acme");
    CommandRun run =
        CommandRun.of(
            "init",
            project.toString(),
            "--crm",
            "hubspot",
            "--events",
            "table,hubspot",
            "--warehouse",
            "snowflake");
    assertThat(run.exit()).isZero();
    Golden.assertMatches("cli/init-named-files.txt", files(project));
    Golden.assertMatches(
        "cli/init-named.txt", (run.out() + run.err()).replace(parent.toString(), "DIR"));
    CommandRun check = CommandRun.of("check", "--syntax", "--project", project.toString());
    assertThat(check.out()).contains("no problems");
    assertThat(check.exit()).isZero();
  }

  @Test
  void listsTheToolsThatItKnows() {
    CommandRun run = CommandRun.of("init", "--list");
    assertThat(run.exit()).isZero();
    Golden.assertMatches("cli/init-list.txt", run.out());
  }

  @Test
  void refusesToolsTogetherWithATemplate() {
    Path project = parent.resolve("x");
    CommandRun run =
        CommandRun.of("init", project.toString(), "--crm", "hubspot", "--template", "simple");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "error[USAGE_INVALID]: --template cannot be combined with --crm, --events and"
                + " --warehouse");
    assertThat(project).doesNotExist();
  }

  @Test
  void wantsADirectory() {
    CommandRun run = CommandRun.of("init");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("error[USAGE_INVALID]: no directory is named");
  }

  @Test
  void refusesADirectoryThatIsNotEmpty() throws IOException {
    Files.writeString(parent.resolve("notes.txt"), "mine");
    CommandRun run = CommandRun.of("init", parent.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().replace(parent.toString(), "DIR"))
        .isEqualTo(
            """
            error[USAGE_INVALID]: DIR is not an empty directory
              fix: name a new one: ripen init DIR

            1 problem
            """);
    try (Stream<Path> files = Files.list(parent)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void takesARepositoryWithoutFilesAsEmpty() throws IOException {
    Files.createDirectories(parent.resolve(".git"));
    CommandRun run =
        CommandRun.of("init", parent.toString(), "--template", "simple", "--format", "json");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("{\n  \"format\" : \"ripen.init/1\",");
  }

  @Test
  void refusesATemplateThatDoesNotExist() {
    CommandRun run = CommandRun.of("init", parent.resolve("x").toString(), "--template", "other");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(parent.resolve("x")).doesNotExist();
  }

  private static String files(Path project) throws IOException {
    try (Stream<Path> walk = Files.walk(project)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> project.relativize(file).toString().replace('\\', '/') + "\n")
          .sorted()
          .collect(Collectors.joining());
    }
  }
}
