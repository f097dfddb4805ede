package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.spark.StateRepair.Finding;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ripen repair}: makes a damaged state whole. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Reads every file of the state, and makes tables whole that are damaged: a file is gone or cut"
          + " short, a log cannot be read.",
      "What comes from the sources is made anew by the next run; of what does not, all that can still"
          + " be read is kept.",
      "",
      "Examples:",
      "  ripen repair --dry-run   say what is damaged and what would become of it",
      "  ripen repair"
    })
final class RepairCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private GlobalOptions options;

  @Option(names = "--dry-run", description = "Say what is damaged, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--accept-loss",
      description =
          "Go on although it is lost who was forgotten: those people would be scored again, unless"
              + " they are forgotten again.")
  private boolean acceptLoss;

  @Override
  public Integer call() {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      repair(workspace, console);
    }
    return 0;
  }

  /** The same in a workspace that stays open. */
  void repair(Workspace workspace, Console console) {
    RepairWorkflow.Result result = new RepairWorkflow(workspace, acceptLoss).run(dryRun);
    console.result(options.isJson() ? json(result).toPrettyString() : RepairView.text(result));
  }

  private static ObjectNode json(RepairWorkflow.Result result) {
    ObjectNode node = JSON.createObjectNode().put("format", "ripen.repair/1");
    node.put("mended", result.mended());
    ArrayNode tables = node.putArray("tables");
    for (Finding finding : result.findings()) {
      tables
          .addObject()
          .put("name", finding.table())
          .put("damage", finding.damage().what())
          .put("version", finding.version())
          .put("files_left", finding.filesLeft())
          .put("files_lost", finding.filesLost())
          .put("made_anew", finding.isRemade());
    }
    return node;
  }
}
