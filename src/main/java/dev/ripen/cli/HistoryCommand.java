package dev.ripen.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.history.RunRecord;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ripen history}: the runs. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the runs, newest first: what they found and how they ended.",
      "",
      "Examples:",
      "  ripen history",
      "  ripen history --limit 100 --format json"
    })
final class HistoryCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  @Mixin private GlobalOptions options;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: 20.")
  private int limit = 20;

  @Override
  public Integer call() throws JsonProcessingException {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      List<RunRecord> runs = newestFirst(workspace.log().commits());
      List<RunRecord> shown = runs.subList(0, Math.min(limit, runs.size()));
      if (options.isJson()) {
        console.result(json(shown).toPrettyString());
        return 0;
      }
      if (shown.isEmpty()) {
        console.result("No run yet. Start one with: ripen run");
        return 0;
      }
      console.result(
          String.format(
              "%-22s %-16s %-11s %-6s %9s %7s %9s %9s  %s",
              "run", "as of", "ended", "mode", "MQLs", "new", "written", "rejected", "definition"));
      for (RunRecord run : shown) {
        JsonNode summary = JSON.readTree(run.summary());
        console.result(
            String.format(
                Locale.ROOT,
                "%-22s %-16s %-11s %-6s %,9d %,7d %,9d %,9d  %s (%s)",
                run.runId(),
                MINUTE.format(run.asOf().atZone(workspace.project().zone())),
                run.phase().name().toLowerCase(Locale.ROOT),
                run.mode(),
                summary.path("mqls").asLong(),
                summary.path("new_mqls").asLong(),
                summary.path("sync").path("written").asLong(),
                summary.path("sync").path("rejected").asLong(),
                run.rulesVersion(),
                run.rulesFingerprint()));
      }
    }
    return 0;
  }

  /** The last commit of each run. */
  private static List<RunRecord> newestFirst(List<RunRecord> commits) {
    Map<String, RunRecord> last = new LinkedHashMap<>();
    commits.forEach(commit -> last.put(commit.runId(), commit));
    List<RunRecord> runs = new ArrayList<>(last.values());
    runs.sort((a, b) -> b.startedAt().compareTo(a.startedAt()));
    return runs;
  }

  private static ObjectNode json(List<RunRecord> runs) throws JsonProcessingException {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.history/1");
    ArrayNode rows = node.putArray("runs");
    for (RunRecord run : runs) {
      ObjectNode row = rows.addObject();
      row.put("run_id", run.runId()).put("phase", run.phase().name().toLowerCase(Locale.ROOT));
      row.put("started_at", run.startedAt().toString());
      row.put("committed_at", run.committedAt().toString());
      row.set("summary", JSON.readTree(run.summary()));
    }
    return node;
  }
}
