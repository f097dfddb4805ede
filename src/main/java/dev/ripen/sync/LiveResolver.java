package dev.ripen.sync;

import dev.ripen.crm.Destination;
import dev.ripen.crm.Match;
import dev.ripen.crm.RecordKey;
import dev.ripen.sync.Assignment.Planned;
import dev.ripen.sync.Candidate.Lookup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans the changed rows one after another, reading from the CRM what the plan depends on: batches
 * of {@link Destination#batchSize()}, at most {@link Destination#concurrency()} at a time, the
 * answers in the order of the candidates. A record is found by its known id, else by the
 * warehouse's, else by e-mail, as far as {@code match-by} allows.
 *
 * <p>A CRM record belongs to one lead: to the one that has it in the ledger, else to the first that
 * comes; give the candidates in a lasting order, so that this is always the same one.
 *
 * <p>For one thread. What the destination throws comes out of {@link #hasNext} and {@link #next}.
 */
public final class LiveResolver implements Iterator<PlannedRow>, AutoCloseable {
  // Rows that need no reading wait in memory only as long as this many.
  private static final int MOST_ROWS_PER_CHUNK = 1_000;
  // Some 40 MB of rows; a question to the ledger reads two of its columns.
  private static final int ROWS_PER_QUESTION = 10_000;

  private final RowPlanner planner;
  private final @Nullable Destination destination;
  private final Iterator<Candidate> candidates;
  private final Assignment assignment;
  private final Deque<Future<List<Planned>>> inFlight = new ArrayDeque<>();
  private final ExecutorService threads;
  private final int concurrency;
  private Iterator<PlannedRow> ready = List.<PlannedRow>of().iterator();

  /** Reads from the CRM. The destination stays open. */
  public LiveResolver(
      RowPlanner planner,
      Destination destination,
      RecordOwners owners,
      Iterator<Candidate> candidates) {
    this(planner, destination, destination.concurrency(), owners, candidates);
  }

  private LiveResolver(
      RowPlanner planner,
      @Nullable Destination destination,
      int concurrency,
      RecordOwners owners,
      Iterator<Candidate> candidates) {
    this.planner = planner;
    this.destination = destination;
    this.concurrency = concurrency;
    this.assignment = new Assignment(owners);
    this.candidates = candidates;
    this.threads = Executors.newFixedThreadPool(concurrency, LiveResolver::thread);
  }

  /**
   * Reads nothing, for a shadow run without a token: what would have to be read is planned from
   * what is known, and its reasons say "not looked up".
   */
  public static LiveResolver withoutReading(
      RowPlanner planner, RecordOwners owners, Iterator<Candidate> candidates) {
    return new LiveResolver(planner, null, 1, owners, candidates);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "ripen-read");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public boolean hasNext() {
    if (!ready.hasNext()) {
      ready = assignment.assign(nextRows()).iterator();
    }
    return ready.hasNext();
  }

  /** Enough rows that asking the ledger about them together pays; none at the end. */
  private List<Planned> nextRows() {
    List<Planned> rows = new ArrayList<>();
    while (rows.size() < ROWS_PER_QUESTION) {
      while (inFlight.size() < concurrency && candidates.hasNext()) {
        List<Candidate> chunk = nextChunk();
        inFlight.add(threads.submit(() -> resolve(chunk)));
      }
      Future<List<Planned>> oldest = inFlight.poll();
      if (oldest == null) {
        break;
      }
      rows.addAll(await(oldest));
    }
    return rows;
  }

  @Override
  public PlannedRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** As many candidates as one batch of each kind of key can answer. */
  private List<Candidate> nextChunk() {
    int batchSize = destination == null ? MOST_ROWS_PER_CHUNK : destination.batchSize();
    List<Candidate> chunk = new ArrayList<>();
    int byId = 0;
    int byEmail = 0;
    while (candidates.hasNext()
        && chunk.size() < MOST_ROWS_PER_CHUNK
        && Math.max(byId, byEmail) < batchSize) {
      Candidate candidate = candidates.next();
      if (candidate.verdict() != Candidate.Verdict.CHANGED) {
        throw new IllegalArgumentException("only changed rows are planned");
      }
      chunk.add(candidate);
      byId += candidate.lookup() == Lookup.LIVE ? 1 : 0;
      byEmail += candidate.lookup() == Lookup.MATCH ? 1 : 0;
    }
    return chunk;
  }

  // Two leads may be equal in every value; each is looked up for itself.
  @SuppressWarnings("IdentityHashMapUsage")
  private List<Planned> resolve(List<Candidate> chunk) {
    Map<Candidate, LiveRecord> found = new IdentityHashMap<>();
    if (destination != null) {
      List<Candidate> open = new ArrayList<>();
      chunk.stream().filter(c -> c.lookup() != Lookup.NONE).forEach(open::add);
      readInto(found, open, destination, this::knownIdKey);
      readInto(found, open, destination, this::warehouseIdKey);
      readInto(found, open, destination, this::emailKey);
    }
    List<Planned> rows = new ArrayList<>(chunk.size());
    for (Candidate candidate : chunk) {
      rows.add(new Planned(plan(candidate, found.get(candidate)), candidate));
    }
    return rows;
  }

  private PlannedRow plan(Candidate candidate, @Nullable LiveRecord live) {
    if (live != null) {
      return planner.planFound(candidate, live);
    }
    return candidate.lookup() == Lookup.NONE || destination == null
        ? planner.planUnread(candidate)
        : planner.planMissing(candidate);
  }

  private @Nullable RecordKey knownIdKey(Candidate candidate) {
    String id = planner.keys().knownRecordId(candidate.wanted(), candidate.ledger());
    return id == null ? null : RecordKey.ofRecordId(id);
  }

  private @Nullable RecordKey warehouseIdKey(Candidate candidate) {
    String id = planner.keys().warehouseRecordId(candidate.wanted());
    // Without a ledger row that is the known id, and was tried.
    return id == null || candidate.ledger() == null ? null : RecordKey.ofRecordId(id);
  }

  private @Nullable RecordKey emailKey(Candidate candidate) {
    String email = planner.keys().email(candidate.wanted());
    return email == null ? null : RecordKey.ofEmail(email);
  }

  /** Reads the records of the open candidates by one kind of key; those found are open no more. */
  private void readInto(
      Map<Candidate, LiveRecord> found,
      List<Candidate> open,
      Destination from,
      Function<Candidate, @Nullable RecordKey> keyOf) {
    List<RecordKey> keys = open.stream().map(keyOf).filter(Objects::nonNull).distinct().toList();
    Map<RecordKey, LiveRecord> answers = new HashMap<>();
    for (int start = 0; start < keys.size(); start += from.batchSize()) {
      List<RecordKey> batch = keys.subList(start, Math.min(keys.size(), start + from.batchSize()));
      for (Match match : from.read(batch, planner.fieldNames())) {
        answers.put(match.key(), new LiveRecord(match.recordId(), match.fields()));
      }
    }
    open.removeIf(
        candidate -> {
          RecordKey key = keyOf.apply(candidate);
          LiveRecord live = key == null ? null : answers.get(key);
          if (live != null) {
            found.put(candidate, live);
          }
          return live != null;
        });
  }

  private static List<Planned> await(Future<List<Planned>> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted while reading");
      cancelled.initCause(e);
      throw cancelled;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
