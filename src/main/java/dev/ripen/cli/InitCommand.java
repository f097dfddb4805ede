package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.adapters.Adapters;
import dev.ripen.adapters.NewProject;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "  ripen init ../acme-mql --crm hubspot --events segment,ga4 --warehouse snowflake",
      "  ripen init ../acme-mql                      the sample's models, to be made to fit",
      "  ripen init ../acme-mql --template simple    count the events, compare with a threshold",
      "  ripen init --list                           the tools that ripen knows"
    })
final class InitCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private GlobalOptions options;

  @Parameters(paramLabel = "DIR", arity = "0..1", description = "Where the project goes.")
  private @Nullable Path directory;

  @Option(
      names = "--crm",
      paramLabel = "NAME",
      split = ",",
      description =
          "Your CRM, or several; where they differ, the first is believed. NAME=SCHEMA if its"
              + " tables are not in the usual schema.")
  private List<String> crms = new ArrayList<>();

  @Option(
      names = "--events",
      paramLabel = "NAME",
      split = ",",
      description = "The tools that know what people do. Also NAME=SCHEMA.")
  private List<String> events = new ArrayList<>();

  @Option(
      names = "--warehouse",
      paramLabel = "NAME",
      description = "Where the tables of these tools lie.")
  private @Nullable String warehouse;

  @Option(names = "--list", description = "Only list what --crm, --events and --warehouse take.")
  private boolean list;

  @Option(
      names = "--template",
      paramLabel = "default|simple",
      description = {
        "default: rules with points, decay and levels, over HubSpot and Segment as they land in a"
            + " warehouse. simple: a threshold on the number of qualifying events, in plain SQL."
      })
  private @Nullable ProjectTemplate template;

  @Override
  public Integer call() {
    Console console = new Console(options);
    if (list) {
      InitView.list(console, Adapters.load(), options.isJson());
      return ExitCode.DONE.number();
    }
    if (directory == null) {
      throw usage("no directory is named", "say where the project goes: ripen init DIR");
    }
    Path target = directory.toAbsolutePath().normalize();
    Optional<NewProject> composed = compose(target);
    List<String> files;
    if (composed.isPresent()) {
      files = ProjectWriter.write(target, composed.get().files());
    } else {
      files = (template == null ? ProjectTemplate.DEFAULT : template).write(target);
    }
    List<NewProject.Blank> blanks = composed.map(NewProject::blanks).orElse(List.of());
    if (options.isJson()) {
      console.result(json(target, files, blanks).toPrettyString());
    } else {
      InitView.written(console, directory, files, blanks);
    }
    return ExitCode.DONE.number();
  }

  /** The project of the tools that were named; empty if none was. */
  private Optional<NewProject> compose(Path target) {
    boolean named = !crms.isEmpty() || !events.isEmpty() || warehouse != null;
    if (!named) {
      return Optional.empty();
    }
    if (template != null) {
      throw usage(
          "--template cannot be combined with --crm, --events and --warehouse",
          "leave out --template: the tools say what the project is made of");
    }
    ProjectWriter.requireEmpty(target);
    return Optional.of(
        Adapters.load()
            .project(
                ProjectWriter.projectName(target), crms, events, Optional.ofNullable(warehouse)));
  }

  private static ProblemException usage(String what, String fix) {
    return new ProblemException(Problem.of(ErrorCode.USAGE_INVALID, what, fix));
  }

  private static ObjectNode json(Path target, List<String> files, List<NewProject.Blank> blanks) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.init/1").put("directory", target.toString());
    files.forEach(node.putArray("files")::add);
    ArrayNode fillIn = node.putArray("fill_in");
    for (NewProject.Blank blank : blanks) {
      fillIn
          .addObject()
          .put("file", blank.file())
          .put("line", blank.line())
          .put("text", blank.text());
    }
    return node;
  }
}
