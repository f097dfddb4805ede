package dev.ripen.cli;

import dev.ripen.config.Source;
import dev.ripen.crm.hubspot.HubSpotSource;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.RecordLines;
import dev.ripen.spark.SourceRecords;
import dev.ripen.sync.StateFiles;
import dev.ripen.sync.StateFiles.LineSink;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings the tables of CRMs up to date that are read through their API: first into a file of the
 * state, a page at a time, then into its table. What was read counts with the run's commit.
 */
final class CrmReading {
  private static final String FILES = "reading";

  private final Workspace workspace;
  private final Console console;
  private final RunReport report;

  CrmReading(Workspace workspace, Console console, RunReport report) {
    this.workspace = workspace;
    this.console = console;
    this.report = report;
  }

  /**
   * Reads what was changed since the last run that counts.
   *
   * @param everything whether all records are read again
   * @throws ProblemException if a CRM cannot be read
   */
  void read(String runId, boolean everything) {
    List<Source> crms = workspace.project().sources().stream().filter(Source::isCrm).toList();
    if (crms.isEmpty()) {
      return;
    }
    deleteFiles(workspace);
    try {
      crms.forEach(source -> read(source, runId, everything));
    } finally {
      deleteFiles(workspace);
    }
  }

  /** Deletes what a run that died has left of its files: they hold people's data. */
  static void deleteFiles(Workspace workspace) {
    workspace.files().delete(FILES);
  }

  private void read(Source source, String runId, boolean everything) {
    SourceRecords records = SourceRecords.current(workspace.spark(), workspace.state());
    try (HubSpotSource crm = CrmSources.open(workspace, source, runId)) {
      for (Source.Table table : source.tables()) {
        Map<String, Instant> since = everything ? Map.of() : records.watermarks(source, table);
        String file = FILES + "/" + runId + "/" + source.name() + "-" + table.name() + ".jsonl";
        long before = crm.traffic().requests();
        Instant now = workspace.clock().instant();
        Map<String, Instant> next = write(crm, table, since, file);
        long changed =
            records.take(
                source,
                table,
                workspace.project().state().path() + "/" + file,
                since.isEmpty(),
                next,
                now);
        say(source, table, since.isEmpty(), changed, crm.traffic().requests() - before);
      }
    }
  }

  private Map<String, Instant> write(
      HubSpotSource crm, Source.Table table, Map<String, Instant> since, String file) {
    StateFiles files = workspace.files();
    AtomicLong seq = new AtomicLong();
    try (LineSink lines = files.writeLines(file)) {
      return crm.read(
          table.crmTable(),
          since,
          record -> lines.line(RecordLines.of(seq.incrementAndGet(), record)));
    }
  }

  private void say(
      Source source, Source.Table table, boolean everything, long records, long requests) {
    String name = source.name() + "." + table.name();
    report.reads.add(new RunReport.ReadRow(name, everything, records, requests));
    console.say(
        "Read "
            + name
            + ": "
            + RunView.plural(records, "record")
            + (everything ? "" : " changed")
            + " ("
            + RunView.plural(requests, "request")
            + ")");
  }
}
