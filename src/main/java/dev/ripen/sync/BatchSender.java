package dev.ripen.sync;

import dev.ripen.crm.Destination;
import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.RowWrite;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sync.Batches.Batch;
import dev.ripen.sync.StateFiles.DurableLog;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sends one batch, makes its outcomes durable, then counts them. Safe for several threads. */
final class BatchSender {
  private final Destination destination;
  private final DurableLog outbox;
  private final Set<String> forwardOnly;
  private final int rejectLimit;
  private final SyncTally tally;
  private final Clock clock;

  BatchSender(
      Destination destination,
      DurableLog outbox,
      Set<String> forwardOnly,
      int rejectLimit,
      SyncTally tally,
      Clock clock) {
    this.destination = destination;
    this.outbox = outbox;
    this.forwardOnly = forwardOnly;
    this.rejectLimit = rejectLimit;
    this.tally = tally;
    this.clock = clock;
  }

  /** Throws nothing: what goes wrong stops the sync through the tally. */
  void send(Batch batch) {
    try {
      List<OutboxLine> lines = linesOf(batch, destination.write(batch.action(), batch.rows()));
      if (!lines.isEmpty()) {
        outbox.append(OutboxLine.toJson(lines));
      }
      count(batch, lines);
    } catch (ProblemException e) {
      tally.defer(batch.rows().size());
      tally.stop(e);
    } catch (Throwable e) {
      // An Error too must reach the thread that waits, or the run would look complete.
      tally.fail(e);
    }
  }

  /** The decided rows' lines; deferred rows have none. */
  private List<OutboxLine> linesOf(Batch batch, List<RowOutcome> outcomes) {
    Map<Long, RowWrite> open = new HashMap<>();
    batch.rows().forEach(row -> open.put(row.seq(), row));
    Instant now = clock.instant();
    List<OutboxLine> lines = new ArrayList<>();
    for (RowOutcome outcome : outcomes) {
      RowWrite row = open.remove(outcome.seq());
      if (row == null) {
        throw new IllegalStateException(
            destination.name() + " answered row " + outcome.seq() + " that was not open");
      }
      if (outcome instanceof RowOutcome.Written written) {
        lines.add(OutboxLine.written(written, Echo.of(row, written, forwardOnly), now));
      } else if (outcome instanceof RowOutcome.Rejected rejected) {
        lines.add(OutboxLine.rejected(rejected.seq(), rejected.code(), rejected.message(), now));
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          destination.name() + " left " + open.size() + " rows of a batch without an answer");
    }
    return lines;
  }

  private void count(Batch batch, List<OutboxLine> lines) {
    long written =
        lines.stream().filter(line -> line.outcome() == OutboxLine.Outcome.WRITTEN).count();
    long rejected = lines.size() - written;
    tally.add(written, rejected, batch.rows().size() - (long) lines.size());
    lines.forEach(tally::addOtherwise);
    if (tally.rejectedNow() > rejectLimit) {
      tally.stop(
          Problem.of(
              ErrorCode.REJECT_LIMIT,
              "the CRM rejected "
                  + tally.rejectedNow()
                  + " records, more than guards.reject-limit ("
                  + rejectLimit
                  + "); the rest was not sent",
              "see why with: ripen rejects; mend them, drop them, or raise guards.reject-limit; then run"
                  + " again: what was not sent goes first"));
    }
  }
}
