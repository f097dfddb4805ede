package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.problem.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ripen init}: a project of one's own. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a new project into an empty or new directory: configuration, rules, SQL and tests.",
      "",
      "Examples:",
      "  ripen init ../acme-mql                      points, decay, levels: the whole of it",
      "  ripen init ../acme-mql --template simple    count the events, compare with a threshold"
    })
final class InitCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private GlobalOptions options;

  @Parameters(paramLabel = "DIR", description = "Where the project goes.")
  private Path directory;

  @Option(
      names = "--template",
      paramLabel = "default|simple",
      description = {
        "default: rules with points, decay and levels, over HubSpot and Segment as they land in a"
            + " warehouse. simple: a threshold on the number of qualifying events, in plain SQL."
      })
  private ProjectTemplate template = ProjectTemplate.DEFAULT;

  @Override
  public Integer call() {
    Console console = new Console(options);
    Path target = directory.toAbsolutePath().normalize();
    List<String> files = template.write(target);
    if (options.isJson()) {
      ObjectNode node = JSON.createObjectNode();
      node.put("format", "ripen.init/1").put("directory", target.toString());
      files.forEach(node.putArray("files")::add);
      console.result(node.toPrettyString());
    } else {
      console.result(directory + ": " + RunView.plural(files.size(), "file") + " written");
      String project = " --project " + directory;
      console.say("Next      name your tables in " + directory.resolve("conf/ripen.conf"));
      console.say("          ripen check --live" + project + "   see whether they fit");
      console.say("          ripen test" + project + "           run the cases of sql/tests");
    }
    return ExitCode.DONE.number();
  }
}
