package dev.ripen.sync;

import dev.ripen.sync.StateFiles.LineSink;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes a plan to the state, row by row, and freezes it: once {@link #freeze} has returned, the
 * plan can be sent, hours later and by another process. A plan that is not frozen is not there. Not
 * safe for several threads; holds no rows.
 */
public final class PlanWriter implements AutoCloseable {
  private final StateFiles files;
  private final String runId;
  private final LineSink changes;
  private final LineSink learned;
  private final LineSink skippedRows;
  private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
  private long create;
  private long update;
  private long unchanged;
  private long firstSync;
  private long notLookedUp;
  private long filledBefore;
  private boolean closed;

  /** Begins a plan; an older one of the same run is dropped. */
  public PlanWriter(StateFiles files, String runId) {
    this.files = files;
    this.runId = runId;
    files.delete("plans/" + runId);
    this.changes = files.writeLines(PlanPaths.changes(runId));
    this.learned = files.writeLines(PlanPaths.learned(runId));
    this.skippedRows = files.writeLines(PlanPaths.skipped(runId));
  }

  /** Numbers a row if it is to be sent, and writes it. */
  public PlannedRow add(PlannedRow row) {
    filledBefore += row.reasons().contains(RowPlanner.FILLED_BEFORE) ? 1 : 0;
    return switch (row.action()) {
      case CREATE, UPDATE -> addChange(row);
      case UNCHANGED -> {
        unchanged++;
        // Without a record id nothing was learned of the CRM.
        if (row.recordId() != null) {
          learned.line(PlanJson.row(row));
        }
        yield row;
      }
      case SKIPPED -> {
        SkipReason reason = row.skipReason();
        if (reason == null) {
          throw new IllegalArgumentException("a skipped row needs a reason");
        }
        skipped.merge(reason, 1L, Long::sum);
        skippedRows.line(PlanJson.row(row));
        yield row;
      }
    };
  }

  private PlannedRow addChange(PlannedRow row) {
    PlannedRow numbered = row.numbered(create + update + 1);
    if (row.action() == PlanAction.CREATE) {
      create++;
    } else {
      update++;
      firstSync += row.reasons().contains(Reasons.FIRST_SYNC) ? 1 : 0;
    }
    if (row.reasons().contains(RowPlanner.NOT_LOOKED_UP)) {
      notLookedUp++;
    }
    changes.line(PlanJson.row(numbered));
    return numbered;
  }

  /** Counts of the rows so far. */
  public PlanTotals totals() {
    return new PlanTotals(
        create, update, unchanged, skipped, 0, firstSync, notLookedUp, filledBefore);
  }

  /**
   * Makes the plan durable.
   *
   * @param header what it says of itself; its totals are those of the first pass, the rows' are
   *     added
   * @return the summary with all totals
   */
  public PlanSummary freeze(PlanSummary header) {
    close();
    PlanSummary summary =
        new PlanSummary(
            runId,
            header.destination(),
            header.asOf(),
            header.definition(),
            header.ledgerVersion(),
            header.createWith(),
            header.totals().plus(totals()));
    files.write(
        PlanPaths.summary(runId), PlanJson.summary(summary).getBytes(StandardCharsets.UTF_8));
    return summary;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    changes.close();
    learned.close();
    skippedRows.close();
  }
}
