package dev.ripen.sync;

import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what became of the rows, and whether to go on. Safe for several threads. */
final class SyncTally {
  private final BitSet writtenBefore = new BitSet();
  private final BitSet rejectedBefore = new BitSet();
  private final SyncProgress progress;
  private final long total;
  private long written;
  private long rejected;
  private long deferred;
  private long notApplied;
  private final Map<String, Long> altered = new HashMap<>();
  private @Nullable Problem problem;
  private @Nullable Throwable failure;

  SyncTally(SyncProgress progress, long total) {
    this.progress = progress;
    this.total = total;
  }

  /** An outcome of an earlier sync; the later one of two counts. */
  void recall(OutboxLine line) {
    int seq = Math.toIntExact(line.seq());
    boolean isWritten = line.outcome() == OutboxLine.Outcome.WRITTEN;
    writtenBefore.set(seq, isWritten);
    rejectedBefore.set(seq, !isWritten);
  }

  boolean isDone(long seq) {
    int index = Math.toIntExact(seq);
    return writtenBefore.get(index) || rejectedBefore.get(index);
  }

  synchronized void add(long writtenRows, long rejectedRows, long deferredRows) {
    written += writtenRows;
    rejected += rejectedRows;
    deferred += deferredRows;
    progress.moved(allWritten(), allRejected(), total);
  }

  /** Counts what the CRM stored otherwise than it was told. */
  synchronized void addOtherwise(OutboxLine line) {
    notApplied += line.notApplied().isEmpty() ? 0 : 1;
    for (String field : line.altered().keySet()) {
      altered.merge(field, 1L, Long::sum);
    }
  }

  synchronized void defer(long rows) {
    deferred += rows;
  }

  synchronized void stop(ProblemException cause) {
    stop(cause.problems().get(0));
  }

  /** The first problem is the one to report. */
  synchronized void stop(Problem cause) {
    if (problem == null) {
      problem = cause;
    }
  }

  synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  synchronized boolean isStopped() {
    return problem != null || failure != null;
  }

  synchronized @Nullable Problem problem() {
    return problem;
  }

  synchronized @Nullable Throwable failure() {
    return failure;
  }

  synchronized long rejectedNow() {
    return rejected;
  }

  synchronized long notApplied() {
    return notApplied;
  }

  synchronized Map<String, Long> altered() {
    return Map.copyOf(altered);
  }

  synchronized long deferred() {
    return deferred;
  }

  long before() {
    return writtenBefore.cardinality() + (long) rejectedBefore.cardinality();
  }

  synchronized long allWritten() {
    return written + writtenBefore.cardinality();
  }

  synchronized long allRejected() {
    return rejected + rejectedBefore.cardinality();
  }
}
