package dev.ripen.sync;

import dev.ripen.crm.CrmField;
import dev.ripen.crm.Destination;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.Match;
import dev.ripen.crm.ProvisionReport;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.RejectCode;
import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.TrafficStats;
import dev.ripen.crm.WriteAction;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A CRM in memory: holds records, honours its batch size, refuses what it is told to refuse, and
 * can fail or die at a request. Safe for several threads: one request at a time.
 */
public final class FakeCrm implements Destination {
  private final int batchSize;
  private final int concurrency;
  private final List<CrmField> fields;
  private final Map<String, Map<String, @Nullable String>> records = new LinkedHashMap<>();
  private final Map<String, String> emails = new HashMap<>();
  private final Map<String, String> merged = new HashMap<>();
  private final Map<Long, Runnable> beforeRequest = new HashMap<>();
  private final Map<Long, Runnable> afterRequest = new HashMap<>();
  private final List<Long> writtenSeqs = new ArrayList<>();
  private final List<List<RecordKey>> reads = new ArrayList<>();
  private Function<RowWrite, Optional<RowOutcome>> refusal = row -> Optional.empty();
  private Set<String> frozenFields = Set.of();
  private long requests;
  private long writes;
  private int nextId = 1_000_001;

  public FakeCrm(int batchSize, int concurrency, List<CrmField> fields) {
    this.batchSize = batchSize;
    this.concurrency = concurrency;
    this.fields = List.copyOf(fields);
  }

  /** With batches of 100 and 4 requests at a time, and no fields described. */
  public FakeCrm() {
    this(100, 4, List.of());
  }

  /** Adds a record. */
  public synchronized FakeCrm with(
      String recordId, @Nullable String email, Map<String, @Nullable String> values) {
    records.put(recordId, new LinkedHashMap<>(values));
    if (email != null) {
      emails.put(email, recordId);
    }
    return this;
  }

  /** The old id answers reads with the other record, and refuses writes. */
  public synchronized FakeCrm merge(String oldId, String into) {
    records.remove(oldId);
    merged.put(oldId, into);
    return this;
  }

  /** Rows that get this outcome instead of being written. */
  public synchronized FakeCrm refusing(Function<RowWrite, Optional<RowOutcome>> rule) {
    this.refusal = rule;
    return this;
  }

  /** Fields that stay as they are although the answer is success. */
  public synchronized FakeCrm keeping(String... names) {
    this.frozenFields = Set.of(names);
    return this;
  }

  /** Throws instead of doing the n-th request, counted from 1. */
  public synchronized FakeCrm failingAt(long request, Throwable failure) {
    beforeRequest.put(request, () -> sneak(failure));
    return this;
  }

  /** Does the n-th request, then throws: the answer is lost. */
  public synchronized FakeCrm dyingAfter(long request, Throwable failure) {
    afterRequest.put(request, () -> sneak(failure));
    return this;
  }

  /** Runs something before the n-th request. */
  public synchronized FakeCrm before(long request, Runnable action) {
    beforeRequest.put(request, action);
    return this;
  }

  /** As an adapter says that the CRM does not answer. */
  public static ProblemException unavailable() {
    return new ProblemException(
        Problem.of(ErrorCode.CRM_UNAVAILABLE, "the CRM does not answer", "run again later"));
  }

  private static void sneak(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  /** Numbers of all rows that were written, in that order; twice if written twice. */
  public synchronized List<Long> writtenSeqs() {
    return List.copyOf(writtenSeqs);
  }

  /** The keys of every read request. */
  public synchronized List<List<RecordKey>> reads() {
    return List.copyOf(reads);
  }

  /** A record's fields. */
  public synchronized Map<String, @Nullable String> record(String recordId) {
    return new LinkedHashMap<>(records.getOrDefault(recordId, Map.of()));
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public int batchSize() {
    return batchSize;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public List<CrmField> describeFields() {
    return fields;
  }

  @Override
  public ProvisionReport provision(List<FieldSpec> wanted) {
    return new ProvisionReport(List.of(), wanted.stream().map(FieldSpec::name).toList());
  }

  @Override
  public synchronized List<Match> read(List<RecordKey> keys, Set<String> names) {
    begin(keys.size());
    reads.add(List.copyOf(keys));
    if (keys.stream().map(RecordKey::kind).distinct().count() > 1) {
      throw new IllegalArgumentException("keys of several kinds in one read");
    }
    List<Match> matches = new ArrayList<>();
    for (RecordKey key : keys) {
      String id =
          key.kind() == RecordKey.Kind.EMAIL
              ? emails.get(key.value())
              : merged.getOrDefault(key.value(), key.value());
      Map<String, @Nullable String> values = id == null ? null : records.get(id);
      if (id != null && values != null) {
        Map<String, @Nullable String> answer = new LinkedHashMap<>();
        names.forEach(name -> answer.put(name, values.get(name)));
        matches.add(new Match(key, id, answer));
      }
    }
    end();
    return matches;
  }

  @Override
  public synchronized List<RowOutcome> write(WriteAction action, List<RowWrite> rows) {
    begin(rows.size());
    writes++;
    Set<String> seen = new HashSet<>();
    List<RowOutcome> outcomes = new ArrayList<>();
    for (RowWrite row : rows) {
      String key = row.recordId() == null ? "@" + row.email() : row.recordId();
      if (!seen.add(key)) {
        throw new IllegalArgumentException("a record twice in a batch: row " + row.seq());
      }
      outcomes.add(0, refusal.apply(row).orElseGet(() -> write(action, row)));
    }
    end();
    return outcomes;
  }

  private RowOutcome write(WriteAction action, RowWrite row) {
    String id = action == WriteAction.UPDATE ? row.recordId() : emails.get(row.email());
    if (action == WriteAction.CREATE && id != null) {
      return new RowOutcome.Rejected(row.seq(), RejectCode.ALREADY_EXISTS, "exists: " + id);
    }
    boolean creates = action != WriteAction.UPDATE && id == null;
    if (creates) {
      id = String.valueOf(nextId++);
      with(id, row.email(), Map.of());
    }
    Map<String, @Nullable String> values = id == null ? null : records.get(id);
    if (id == null || values == null) {
      return new RowOutcome.Rejected(row.seq(), RejectCode.RECORD_NOT_FOUND, "no such record");
    }
    row.fields()
        .forEach(
            (name, value) -> {
              if (!frozenFields.contains(name)) {
                values.put(name, value);
              }
            });
    writtenSeqs.add(row.seq());
    Map<String, @Nullable String> echoed = new LinkedHashMap<>();
    row.fields().keySet().forEach(name -> echoed.put(name, values.get(name)));
    return new RowOutcome.Written(row.seq(), id, creates, echoed);
  }

  private void begin(int size) {
    if (size == 0 || size > batchSize) {
      throw new IllegalArgumentException("a batch of " + size + ", allowed are " + batchSize);
    }
    requests++;
    beforeRequest.getOrDefault(requests, () -> {}).run();
  }

  private void end() {
    afterRequest.getOrDefault(requests, () -> {}).run();
  }

  @Override
  public synchronized TrafficStats traffic() {
    return new TrafficStats(requests, writes, 0, 0);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
