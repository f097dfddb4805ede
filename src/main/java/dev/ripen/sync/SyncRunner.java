package dev.ripen.sync;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.FieldPolicy;
import dev.ripen.config.Guards;
import dev.ripen.crm.Destination;
import dev.ripen.crm.TrafficStats;
import dev.ripen.problem.ProblemException;
import dev.ripen.sync.Batches.Batch;
import dev.ripen.sync.StateFiles.DurableLog;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends a frozen plan. Rows whose outcome stands in the outbox are not sent again, so that a plan
 * can be resumed after any kind of end; at most the batches in flight are sent twice. An outcome
 * counts once it is durable. Every row ends as exactly one of written, rejected and deferred.
 *
 * <p>A {@link ProblemException} of the destination or of the outbox stops the sync after the
 * batches in flight; the rest is deferred and the result carries the problem. {@link #stop} and an
 * interrupt do the same without a problem. One sync at a time per runner.
 */
public final class SyncRunner {
  private final StateFiles files;
  private final Destination destination;
  private final Set<String> forwardOnly;
  private final int rejectLimit;
  private final Clock clock;
  private volatile boolean stopped;

  public SyncRunner(
      StateFiles files,
      Destination destination,
      DestinationSettings settings,
      Guards guards,
      Clock clock) {
    this.files = files;
    this.destination = destination;
    this.forwardOnly = new HashSet<>();
    settings
        .fields()
        .forEach(
            (name, policy) -> {
              if (policy.kind() == FieldPolicy.Kind.FORWARD_ONLY) {
                forwardOnly.add(name);
              }
            });
    this.rejectLimit = guards.rejectLimit().orElse(Integer.MAX_VALUE);
    this.clock = clock;
  }

  /** Ends the sync after the batches in flight. For a shutdown hook; from any thread. */
  public void stop() {
    stopped = true;
  }

  /** Sends what is left of a plan. */
  public SyncResult run(String runId, SyncProgress progress) {
    PlanReader reader = new PlanReader(files);
    PlanSummary summary = reader.summary(runId);
    SyncTally tally = new SyncTally(progress, summary.totals().toSend());
    new Outbox(files).read(runId, tally::recall);
    TrafficStats before = destination.traffic();
    boolean interrupted = false;
    if (tally.before() < summary.totals().toSend()) {
      try (DurableLog outbox = files.openLog(PlanPaths.outbox(runId));
          Stream<PlannedWrite> rows = reader.writes(runId)) {
        BatchSender sender =
            new BatchSender(destination, outbox, forwardOnly, rejectLimit, tally, clock);
        Batches batches =
            new Batches(
                rows.iterator(), tally::isDone, destination.batchSize(), summary.createWith());
        interrupted = sendAll(batches, sender, tally);
      }
    }
    rethrow(tally.failure());
    return result(summary, tally, before, interrupted);
  }

  /** Returns whether someone stopped it. */
  private boolean sendAll(Batches batches, BatchSender sender, SyncTally tally) {
    int places = destination.concurrency();
    ExecutorService threads = Executors.newFixedThreadPool(places, SyncRunner::thread);
    try {
      for (int place = 0; place < places; place++) {
        threads.execute(() -> sendInTurn(batches, sender, tally));
      }
    } catch (RuntimeException | Error e) {
      // No thread could be had: those that there are stop after their batch.
      tally.fail(e);
    } finally {
      threads.shutdown();
      awaitEnd(threads);
    }
    boolean interrupted = stopped && batches.hasNext();
    while (batches.hasNext()) {
      tally.defer(batches.next().rows().size());
    }
    return interrupted;
  }

  /** Each place takes its next batch by itself: to hand it over would wake two threads a batch. */
  private void sendInTurn(Batches batches, BatchSender sender, SyncTally tally) {
    try {
      for (Batch batch = take(batches, tally); batch != null; batch = take(batches, tally)) {
        sender.send(batch);
      }
    } catch (RuntimeException | Error e) {
      tally.fail(e);
    }
  }

  private @Nullable Batch take(Batches batches, SyncTally tally) {
    synchronized (batches) {
      return stopped || tally.isStopped() || !batches.hasNext() ? null : batches.next();
    }
  }

  private void awaitEnd(ExecutorService threads) {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
        stop();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable task) {
    return new Thread(task, "ripen-write");
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private SyncResult result(
      PlanSummary summary, SyncTally tally, TrafficStats before, boolean interrupted) {
    long written = tally.allWritten();
    long rejected = tally.allRejected();
    long deferred = tally.deferred();
    long toSend = summary.totals().toSend();
    if (written + rejected + deferred != toSend) {
      throw new IllegalStateException(
          "the counts of run %s do not add up: %d to send, %d written, %d rejected, %d deferred"
              .formatted(summary.runId(), toSend, written, rejected, deferred));
    }
    TrafficStats after = destination.traffic();
    return new SyncResult(
        written,
        rejected,
        deferred,
        tally.before(),
        tally.notApplied(),
        tally.altered(),
        after.requests() - before.requests(),
        after.retries() - before.retries(),
        after.rateLimited() - before.rateLimited(),
        tally.problem(),
        interrupted);
  }
}
