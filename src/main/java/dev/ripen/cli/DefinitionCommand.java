package dev.ripen.cli;

import dev.ripen.config.Definition;
import dev.ripen.config.DefinitionText;
import dev.ripen.problem.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ripen definition}: the rules as people read them. */
@Command(
    name = "definition",
    mixinStandardHelpOptions = true,
    description = {
      "Says in plain sentences what an MQL is, for marketing and sales to read and sign.",
      "",
      "Examples:",
      "  ripen definition                          sentences",
      "  ripen definition --markdown > mql.md      a page with a table of the rules"
    })
final class DefinitionCommand implements Callable<Integer> {
  @Mixin private GlobalOptions options;

  @Option(names = "--markdown", description = "A page in Markdown instead of plain text.")
  private boolean markdown;

  @Override
  public Integer call() {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      Definition definition = workspace.project().definition();
      if (options.isJson()) {
        console.result(DefinitionJson.of(definition).toPrettyString());
      } else {
        console.result(
            (markdown ? DefinitionText.markdown(definition) : DefinitionText.sentences(definition))
                .stripTrailing());
      }
      sayIfScoresDecide(workspace.project().directory().resolve("sql/scores.sql"), console);
    }
    return ExitCode.DONE.number();
  }

  /** These sentences are what score_timeline does; SQL of one's own may do something else. */
  private static void sayIfScoresDecide(Path scores, Console console) {
    try {
      if (Files.isRegularFile(scores) && !Files.readString(scores).contains("score_timeline")) {
        console.say(
            "Note: sql/scores.sql does not call score_timeline: it decides by itself what it makes"
                + " of these rules.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
