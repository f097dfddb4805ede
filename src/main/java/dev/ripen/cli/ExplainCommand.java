package dev.ripen.cli;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.ScoreCard;
import dev.ripen.scoring.ScoreTimeline;
import dev.ripen.scoring.TimelineEntry;
import dev.ripen.spark.LeadLookup;
import dev.ripen.spark.Sources;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Parameters(paramLabel = "EMAIL_OR_ID", description = "An e-mail address, lead id or record id.")
  private String who = "";

  @Override
  public Integer call() {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      workspace.warmUp();
      workspace.graph();
      try (Sources sources = workspace.sources()) {
        LeadLookup lookup =
            new LeadLookup(
                workspace.spark(),
                workspace.project(),
                workspace.graph(),
                workspace.state(),
                sources,
                workspace.asOf());
        LeadLookup.Person person =
            lookup
                .find(who)
                .orElseThrow(
                    () ->
                        new ProblemException(
                            Problem.of(
                                ErrorCode.LEAD_NOT_FOUND,
                                "nobody in the model leads has that e-mail or id",
                                "check the spelling; a lead id is the column lead_id of"
                                    + " sql/leads.sql")));
        ScoreTimeline timeline =
            new ScoreTimeline(workspace.project().definition().models().get(0).scoring());
        long asOf = micros(workspace.asOf());
        ScoreCard card = timeline.score(person.facts(), asOf);
        List<TimelineEntry> story = timeline.explain(person.facts(), asOf);
        ExplainView view = new ExplainView(workspace.project(), workspace.asOf());
        console.result(
            options.isJson()
                ? view.json(person, card, story).toPrettyString()
                : view.text(person, card, story));
      }
    }
    return 0;
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), Points.MICRO), instant.getNano() / 1000);
  }
}
