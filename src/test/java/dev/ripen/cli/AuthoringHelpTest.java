package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthoringHelpTest {
  @ParameterizedTest
  @ValueSource(strings = {"check", "test", "init", "definition", "repair"})
  void saysWhatACommandDoesWithExamples(String command) {
    CommandRun run = CommandRun.of(command, "--help");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    Golden.assertMatches("cli/help-" + command + ".txt", run.out());
  }
}
