package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.DefinitionText;
import dev.ripen.config.ProjectLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the README says of the definition and of the command line. */
final class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Pattern COMMAND = Pattern.compile("(?:scripts/|`)ripen ([a-z]+)([^`\n#]*)");
  private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z-]*)");

  @Test
  void showsTheDefinitionOfTheSample() throws IOException {
    String definition =
        DefinitionText.sentences(
            ProjectLoader.load(ROOT, Optional.empty(), Map.of(), Map.of()).definition());
    assertThat(readme()).contains("```\n" + definition + "```");
  }

  @Test
  void namesCommandsAndOptionsThatExist() throws IOException {
    CommandLine line = RipenCommand.commandLine();
    Matcher commands = COMMAND.matcher(readme().replaceAll("\\s*\n\\s*--", " --"));
    int found = 0;
    while (commands.find()) {
      CommandLine command = line.getSubcommands().get(commands.group(1));
      assertThat(command).as("ripen %s", commands.group(1)).isNotNull();
      Matcher options = OPTION.matcher(commands.group(2));
      while (options.find()) {
        assertThat(command.getCommandSpec().findOption(options.group(1)))
            .as("ripen %s %s", commands.group(1), options.group(1))
            .isNotNull();
      }
      found++;
    }
    assertThat(found).isGreaterThan(15);
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }
}
