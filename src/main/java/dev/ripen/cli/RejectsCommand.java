package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.RejectsTable;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ripen rejects}: rows that the CRM refused. */
@Command(
    name = "rejects",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the rows that the CRM refused; lets them be sent again, or forgets them.",
      "",
      "Examples:",
      "  ripen rejects                   list them, with the CRM's own words",
      "  ripen rejects retry             send all of them again in the next run",
      "  ripen rejects retry 4711        only this lead",
      "  ripen rejects drop 4711         never again until the row changes, and off the list"
    })
final class RejectsCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private GlobalOptions options;

  @Parameters(
      arity = "0..1",
      paramLabel = "list|retry|drop",
      description = "What to do. Default: list.")
  private String action = "list";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "LEAD_ID",
      description = "Only these leads. Default: all.")
  private List<String> leads = List.of();

  @Override
  public Integer call() {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      act(workspace, console);
    }
    return 0;
  }

  /** The same in a workspace that stays open. */
  void act(Workspace workspace, Console console) {
    switch (action) {
      case "list" -> list(console, open(workspace));
      case "retry" -> change(workspace, console, RejectsTable.Fate.RETRY);
      case "drop" -> change(workspace, console, RejectsTable.Fate.DROP);
      default ->
          throw new ProblemException(
              Problem.of(
                  ErrorCode.USAGE_INVALID,
                  "rejects cannot `" + action + "`",
                  "use: ripen rejects list, retry or drop"));
    }
  }

  private static List<Row> open(Workspace workspace) {
    String destination = Destinations.only(workspace.project()).name();
    return new RejectsTable(workspace.spark(), workspace.state()).open(destination).collectAsList();
  }

  private void list(Console console, List<Row> rows) {
    if (options.isJson()) {
      console.result(json(rows).toPrettyString());
      return;
    }
    if (rows.isEmpty()) {
      console.result("No rejected rows.");
      return;
    }
    for (Row row : rows) {
      console.result(
          String.format(
              Locale.ROOT,
              "%-12s record %-12s %-22s %s, last %s",
              row.<String>getAs("lead_id"),
              orDash(row.getAs("record_id")),
              row.<String>getAs("code"),
              RunView.plural(row.<Integer>getAs("attempts"), "time"),
              row.getAs("last_at").toString()));
      console.result("    " + row.<String>getAs("message"));
    }
    console.say("Next      ripen rejects retry   send them again in the next run");
  }

  private void change(Workspace workspace, Console console, RejectsTable.Fate fate) {
    long rows = new RejectDecision(workspace, console).decide(leads, fate);
    console.result(
        RunView.plural(rows, "row")
            + (fate == RejectsTable.Fate.RETRY
                ? " will be sent again in the next run."
                : " dropped; they are sent again when they change."));
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : text;
  }

  private static ObjectNode json(List<Row> rows) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.rejects/1");
    ArrayNode array = node.putArray("rejects");
    for (Row row : rows) {
      ObjectNode reject = array.addObject();
      for (String name :
          List.of("destination", "lead_id", "record_id", "code", "message", "run_id")) {
        reject.put(name, row.<String>getAs(name));
      }
      reject.put("attempts", row.<Integer>getAs("attempts"));
      reject.put("first_at", row.getAs("first_at").toString());
      reject.put("last_at", row.getAs("last_at").toString());
      ObjectNode fields = reject.putObject("fields");
      row.<String, String>getJavaMap(row.fieldIndex("fields")).forEach(fields::put);
    }
    return node;
  }
}
