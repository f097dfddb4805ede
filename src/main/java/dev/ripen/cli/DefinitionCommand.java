package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.config.Definition;
import dev.ripen.config.DefinitionText;
import dev.ripen.problem.ExitCode;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private GlobalOptions options;

  @Option(names = "--markdown", description = "A page in Markdown instead of plain text.")
  private boolean markdown;

  @Override
  public Integer call() {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      Definition definition = workspace.project().definition();
      if (options.isJson()) {
        console.result(json(definition).toPrettyString());
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

  private static ObjectNode json(Definition definition) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.definition/1");
    node.put("version", definition.models().get(0).scoring().version());
    node.put("fingerprint", definition.models().get(0).scoring().fingerprint());
    node.put("threshold", points(definition.models().get(0).scoring().qualification().threshold()));
    ArrayNode rules = node.putArray("rules");
    for (Dimension dimension : definition.models().get(0).scoring().dimensions()) {
      for (Rule rule : dimension.rules()) {
        ObjectNode entry = rules.addObject();
        entry.put("name", rule.name()).put("label", rule.label());
        entry.put("dimension", dimension.name());
        entry.put("kind", rule.conditions().lead() ? "conjunction" : rule.trigger().word());
        entry.put("points", points(rule.microPoints()));
        Definition.Predicates predicates = definition.models().get(0).rules().get(rule.name());
        if (predicates != null) {
          predicates.event().ifPresent(event -> entry.put("event", event));
          predicates.lead().ifPresent(lead -> entry.put("lead", lead));
        }
      }
    }
    node.put("text", DefinitionText.sentences(definition));
    node.put("markdown", DefinitionText.markdown(definition));
    return node;
  }

  private static BigDecimal points(long micro) {
    BigDecimal points = BigDecimal.valueOf(micro, 6);
    return points.signum() == 0
        ? BigDecimal.ZERO
        : new BigDecimal(points.stripTrailingZeros().toPlainString());
  }
}
