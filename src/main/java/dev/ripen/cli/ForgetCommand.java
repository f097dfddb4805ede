package dev.ripen.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.history.RunRecord;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.Forgetting;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ripen forget}: takes a person out of the state, by law. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = {
      "Removes a person from the state for good and keeps him out of later runs.",
      "What stays is a salted hash of his ids and addresses. The warehouse and the CRM are not"
          + " touched.",
      "",
      "Examples:",
      "  ripen forget ada@northwind.example --dry-run   show what would go",
      "  ripen forget 4711                              by lead id or record id"
    })
final class ForgetCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private GlobalOptions options;

  @Parameters(paramLabel = "EMAIL_OR_ID", description = "An e-mail address, lead id or record id.")
  private String who = "";

  @Option(names = "--dry-run", description = "Show what would go, and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      Result result = dryRun ? look(workspace, who) : forget(workspace, console, who);
      console.result(options.isJson() ? json(result).toPrettyString() : text(result));
      return 0;
    }
  }

  /**
   * What was found and, unless it was a dry run, removed.
   *
   * @param planRows lines of plans in the state
   */
  record Result(Forgetting.Found found, long planRows, boolean removed) {}

  static Result look(Workspace workspace, String who) {
    requireRun(workspace);
    Forgetting.Found found = new Forgetting(workspace.spark(), workspace.state()).find(who);
    return new Result(found, new ForgetPlans(workspace.files()).count(isMeant(found)), false);
  }

  static Result forget(Workspace workspace, Console console, String who) {
    try (Locked ignored = Locked.take(workspace, "forget")) {
      RunRecord last = requireRun(workspace);
      new Recovery(workspace, console).recover(Destinations.only(workspace.project()));
      Result result = look(workspace, who);
      Forgetting forgetting = new Forgetting(workspace.spark(), workspace.state());
      // Files first: what a crash leaves is found again, since the tables still know the person.
      new ForgetPlans(workspace.files()).removeEverywhere(isMeant(result.found()));
      CrmReading.deleteFiles(workspace);
      forgetting.remove(result.found(), workspace.clock().instant());
      workspace.commit(
          workspace.state().lastCommit().orElse(last).again(workspace.clock().instant()));
      forgetting.purge();
      return new Result(result.found(), result.planRows(), true);
    }
  }

  private static RunRecord requireRun(Workspace workspace) {
    return workspace
        .state()
        .lastCommit()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        ErrorCode.USAGE_INVALID,
                        "there was no run yet: the state knows nobody",
                        "start one with: ripen run")));
  }

  private static Predicate<JsonNode> isMeant(Forgetting.Found found) {
    return line ->
        found.leadIds().contains(line.path("key").asText())
            || found.emails().contains(line.path("email").asText().toLowerCase(Locale.ROOT));
  }

  private static String text(Result result) {
    Forgetting.Found found = result.found();
    List<String> lines = new ArrayList<>();
    boolean nothing = found.rows().isEmpty() && result.planRows() == 0;
    lines.add(
        nothing
            ? "Nothing in the state is about that address or id."
            : (result.removed() ? "Forgotten: " : "Would be forgotten: ")
                + RunView.plural(found.leadIds().size(), "lead")
                + ", "
                + RunView.number(found.emails().size())
                + (found.emails().size() == 1 ? " address, " : " addresses, ")
                + RunView.plural(found.visitorIds().size(), "visitor id"));
    found
        .rows()
        .forEach(
            (table, rows) ->
                lines.add(String.format(Locale.ROOT, "  %-15s %8s", table, RunView.number(rows))));
    if (result.planRows() > 0) {
      lines.add(
          String.format(Locale.ROOT, "  %-15s %8s", "plans", RunView.number(result.planRows())));
    }
    lines.add(
        result.removed()
            ? "What stays is a salted hash of each id and address, which keeps them out of later"
                + " runs."
            : "Nothing was changed.");
    lines.add(
        "Not touched: the warehouse, the CRM, and plans that were saved with ripen plan --out.");
    return String.join("\n", lines);
  }

  private static ObjectNode json(Result result) {
    Forgetting.Found found = result.found();
    ObjectNode node = JSON.createObjectNode().put("format", "ripen.forget/1");
    node.put("removed", result.removed());
    node.put("leads", found.leadIds().size()).put("addresses", found.emails().size());
    node.put("visitor_ids", found.visitorIds().size());
    ObjectNode rows = node.putObject("rows");
    found.rows().forEach(rows::put);
    rows.put("plans", result.planRows());
    return node;
  }
}
