package dev.ripen.cli;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.LeadLookup;
import dev.ripen.spark.LeadPerson;
import dev.ripen.spark.Sources;
import dev.ripen.spark.SparkSessions;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ripen explain}: the story of one lead. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Tells the story of one lead: the timeline, the arithmetic, and what the CRM was told.",
      "",
      "Examples:",
      "  ripen explain ada@northwind.example",
      "  ripen explain 4711 --as-of 2026-11-01T00:00:00Z"
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin private GlobalOptions options;

  @Parameters(
      paramLabel = "EMAIL_OR_ID",
      description = "An e-mail address, lead id, record id or visitor id.")
  private String who = "";

  @Option(
      names = "--history",
      description = "Also what the CRM was told before, as far back as the state goes.")
  private boolean history;

  @Override
  public Integer call() {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      console.result(explain(workspace, who, history, options.isJson()));
    }
    return 0;
  }

  /** The whole story, as text or as JSON. */
  static String explain(Workspace workspace, String who, boolean history, boolean asJson) {
    workspace.warmUp();
    workspace.graph();
    if (workspace.state().lastCommit().isPresent()) {
      // The state's files are read by their statistics: few rows, however many leads there are.
      SparkSessions.expect(workspace.spark(), 0);
    }
    try (Sources sources = workspace.sources()) {
      LeadPerson person =
          new LeadLookup(
                  workspace.spark(),
                  workspace.project(),
                  workspace.graph(),
                  workspace.state(),
                  sources,
                  workspace.asOf())
              .find(who, history)
              .orElseThrow(ExplainCommand::notFound);
      List<ModelStory> stories =
          person.models().stream()
              .flatMap(model -> ModelStory.of(model, workspace.asOf()).stream())
              .toList();
      if (stories.isEmpty()) {
        throw new ProblemException(
            Problem.of(
                ErrorCode.LEAD_NOT_FOUND,
                "no model is about the lead " + person.leadId(),
                "look at population in conf/scoring.conf"));
      }
      return asJson
          ? new ExplainJson(person, workspace.asOf()).json(stories).toPrettyString()
          : new ExplainView(person, workspace.project().zone(), workspace.asOf()).text(stories);
    }
  }

  private static ProblemException notFound() {
    return new ProblemException(
        Problem.of(
            ErrorCode.LEAD_NOT_FOUND,
            "nobody in the model leads has that e-mail or id",
            "check the spelling; a lead id is the column lead_id of sql/leads.sql. Somebody who"
                + " came after the last run is known after the next"));
  }
}
