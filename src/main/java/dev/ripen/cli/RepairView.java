package dev.ripen.cli;

import dev.ripen.spark.StateRepair.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code ripen repair} says. Pure. */
final class RepairView {
  /** What it means to have lost some of a table of which nothing can be made again. */
  private static final Map<String, String> COST =
      Map.of(
          "runs", "the last runs may be unknown: what they had written is taken back",
          "ledger",
              "leads that it no longer knows are compared with the CRM's own values by the next run",
          "rejects", "rows that the CRM refused are sent once more",
          "deferred", "rows that were to go first go with the others",
          "score_changes", "ripen explain and the history of changes have a gap",
          "acknowledged_dates", "MQL dates that the CRM was told may move",
          "definitions", "older rules are unknown: today's judge the time before as well",
          "forgotten",
              "people who were forgotten come back: forget them again before the next run");

  private RepairView() {}

  static String text(RepairWorkflow.Result result) {
    if (result.findings().isEmpty()) {
      return "The state is whole.";
    }
    List<String> lines = new ArrayList<>();
    lines.add(result.mended() ? "The state was damaged, and is whole again:" : "Damaged:");
    for (Finding finding : result.findings()) {
      lines.add("  " + finding.table() + ": " + finding.damage().what());
      lines.add("    " + (result.mended() ? "" : "would be ") + left(finding));
      if (!finding.isRemade()) {
        lines.add("    " + COST.getOrDefault(finding.table(), "what was in the rest is lost"));
      }
    }
    if (!result.mended()) {
      if (result.isOnlyRuns()) {
        lines.add("The other tables are looked at when runs is whole.");
      }
      lines.add("Nothing was changed. To mend it: ripen repair");
    } else if (result.findings().stream().anyMatch(Finding::isRemade)) {
      lines.add("Next: ripen run, which reads all events again and makes the tables anew.");
    } else {
      lines.add("Next: ripen run");
    }
    return String.join("\n", lines);
  }

  private static String left(Finding finding) {
    String then = finding.isRemade() ? "; the next run makes it anew" : "";
    if (finding.isWhole()) {
      return "put back to version " + finding.version() + ", which is whole" + then;
    }
    if (finding.filesLeft() == 0 || (finding.version() < 0 && finding.isRemade())) {
      return "emptied: nothing of it can be read" + then;
    }
    int all = finding.filesLeft() + finding.filesLost();
    return "kept as far as "
        + finding.filesLeft()
        + " of "
        + RunView.plural(all, "file")
        + " can be read"
        + then;
  }
}
