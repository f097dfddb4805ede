package dev.ripen.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.config.Guards;
import dev.ripen.crm.RejectCode;
import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.WriteAction;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncRunnerTest {
  private static final String RUN = "run-7";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T05:00:00Z"), ZoneOffset.UTC);

  @TempDir Path directory;
  private StateFiles files;

  @BeforeEach
  void openState() {
    files = new LocalStateFiles(directory);
  }

  private static Guards guards(Optional<Integer> rejectLimit) {
    return new Guards(
        0, Optional.empty(), Optional.empty(), Optional.empty(), rejectLimit, List.of());
  }

  private SyncRunner runner(StateFiles state, FakeCrm crm) {
    return new SyncRunner(state, crm, Rows.settings(), guards(Optional.empty()), CLOCK);
  }

  private SyncResult sync(FakeCrm crm) {
    return runner(files, crm).run(RUN, SyncProgress.SILENT);
  }

  private void plan(List<PlannedRow> rows, WriteAction createWith) {
    try (PlanWriter writer = new PlanWriter(files, RUN)) {
      rows.forEach(writer::add);
      writer.freeze(
          new PlanSummary(RUN, "fake", CLOCK.instant(), "a41f9c", 3, createWith, PlanTotals.NONE));
    }
  }

  private void planUpdates(int count) {
    List<PlannedRow> rows = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      rows.add(Rows.update(n));
    }
    plan(rows, WriteAction.CREATE);
  }

  private static FakeCrm crm(int batchSize, int concurrency, int records) {
    FakeCrm crm = new FakeCrm(batchSize, concurrency, List.of());
    for (int n = 1; n <= records; n++) {
      crm.with(String.valueOf(10_000 + n), "p" + n + "@northwind.example", Map.of());
    }
    return crm;
  }

  private Set<Long> durable() {
    Set<Long> seqs = new HashSet<>();
    new Outbox(files).read(RUN, line -> seqs.add(line.seq()));
    return seqs;
  }

  @Test
  void sendsEveryRowOnceInFullBatches() {
    planUpdates(2_000);
    FakeCrm crm = crm(100, 4, 2_000);
    assertThat(sync(crm))
        .isEqualTo(new SyncResult(2_000, 0, 0, 0, 0, Map.of(), 20, 0, 0, null, false));
    assertThat(crm.record("10001")).isEqualTo(Map.of("mql", "true"));
    assertThat(sync(crm))
        .isEqualTo(new SyncResult(2_000, 0, 0, 2_000, 0, Map.of(), 0, 0, 0, null, false));
  }

  @Test
  void losesOnlyTheBadRowsOfABatch() {
    planUpdates(2_000);
    FakeCrm crm =
        crm(100, 4, 2_000)
            .refusing(
                row ->
                    row.seq() % 200 == 0
                        ? Optional.of(
                            new RowOutcome.Rejected(
                                row.seq(), RejectCode.INVALID_VALUE, "not a boolean"))
                        : Optional.empty());
    assertThat(sync(crm))
        .isEqualTo(new SyncResult(1_990, 10, 0, 0, 0, Map.of(), 20, 0, 0, null, false));
    List<OutboxLine> rejected = new ArrayList<>();
    new Outbox(files)
        .read(
            RUN,
            line -> {
              if (line.outcome() == OutboxLine.Outcome.REJECTED) {
                rejected.add(line);
              }
            });
    assertThat(rejected)
        .hasSize(10)
        .contains(
            OutboxLine.rejected(200, RejectCode.INVALID_VALUE, "not a boolean", CLOCK.instant()));
  }

  @Test
  void countsWhatTheCrmDefersAndSendsItWhenResumed() {
    planUpdates(10);
    FakeCrm crm =
        crm(100, 1, 10)
            .refusing(
                row ->
                    row.seq() <= 3
                        ? Optional.of(new RowOutcome.Deferred(row.seq(), "locked"))
                        : Optional.empty());
    assertThat(sync(crm)).isEqualTo(new SyncResult(7, 0, 3, 0, 0, Map.of(), 1, 0, 0, null, false));
    crm.refusing(row -> Optional.empty());
    assertThat(sync(crm)).isEqualTo(new SyncResult(10, 0, 0, 7, 0, Map.of(), 1, 0, 0, null, false));
  }

  @Test
  void defersTheRestWhenTheCrmIsUnavailable() {
    planUpdates(50);
    FakeCrm crm = crm(10, 1, 50).failingAt(3, FakeCrm.unavailable());
    SyncResult result = sync(crm);
    assertThat(result)
        .isEqualTo(
            new SyncResult(
                20,
                0,
                30,
                0,
                0,
                Map.of(),
                3,
                0,
                0,
                Problem.of(ErrorCode.CRM_UNAVAILABLE, "the CRM does not answer", "run again later"),
                false));
    assertThat(sync(crm))
        .isEqualTo(new SyncResult(50, 0, 0, 20, 0, Map.of(), 3, 0, 0, null, false));
    assertThat(crm.writtenSeqs()).doesNotHaveDuplicates().hasSize(50);
  }

  @Test
  void sendsNoAcknowledgedRowTwiceAfterADeathAtAnyRequest() {
    for (int request = 1; request <= 5; request++) {
      openFresh("before-" + request);
      planUpdates(50);
      FakeCrm crm = crm(10, 1, 50).failingAt(request, new OutOfMemoryError("test"));
      assertThatThrownBy(() -> sync(crm)).isInstanceOf(OutOfMemoryError.class);
      assertThat(durable()).hasSize((request - 1) * 10);
      assertThat(sync(crm).written()).isEqualTo(50);
      assertThat(crm.writtenSeqs()).doesNotHaveDuplicates().hasSize(50);
    }
  }

  @Test
  void sendsOnlyTheBatchesInFlightTwiceWhenTheAnswerIsLost() {
    for (int request = 1; request <= 5; request++) {
      openFresh("after-" + request);
      planUpdates(50);
      FakeCrm crm = crm(10, 1, 50).dyingAfter(request, new OutOfMemoryError("test"));
      assertThatThrownBy(() -> sync(crm)).isInstanceOf(OutOfMemoryError.class);
      Set<Long> acknowledged = durable();
      assertThat(sync(crm).written()).isEqualTo(50);
      assertThat(crm.writtenSeqs()).hasSize(60);
      assertThat(new HashSet<>(crm.writtenSeqs())).hasSize(50);
      List<Long> again = crm.writtenSeqs().subList(request * 10, 60);
      assertThat(again).noneMatch(acknowledged::contains);
    }
  }

  @Test
  void sendsOnlyTheBatchesInFlightTwiceWhenTheOutboxDies() {
    for (int append = 1; append <= 5; append++) {
      openFresh("log-" + append);
      planUpdates(50);
      FakeCrm crm = crm(10, 4, 50);
      StateFiles dying = new DyingState(files, append);
      assertThatThrownBy(() -> runner(dying, crm).run(RUN, SyncProgress.SILENT))
          .isInstanceOf(OutOfMemoryError.class);
      int acknowledged = durable().size();
      int sent = crm.writtenSeqs().size();
      assertThat(sync(crm).written()).isEqualTo(50);
      assertThat(crm.writtenSeqs()).hasSize(sent + 50 - acknowledged);
      assertThat(sent - acknowledged).isLessThanOrEqualTo(40);
    }
  }

  private void openFresh(String name) {
    files = new LocalStateFiles(directory.resolve(name));
  }

  @Test
  void reportsAFullDiskAndDefersTheRest() {
    planUpdates(30);
    ProblemException full =
        new ProblemException(Problem.of(ErrorCode.STATE_DISK_FULL, "full", "make room"));
    FakeCrm crm = crm(10, 1, 30);
    SyncResult result = runner(new DyingState(files, 2, full), crm).run(RUN, SyncProgress.SILENT);
    assertThat(result)
        .isEqualTo(
            new SyncResult(10, 0, 20, 0, 0, Map.of(), 2, 0, 0, full.problems().get(0), false));
  }

  @Test
  void stopsAfterTheBatchInFlightWhenAskedTo() {
    planUpdates(50);
    FakeCrm crm = crm(10, 1, 50);
    SyncRunner runner = runner(files, crm);
    crm.before(2, runner::stop);
    SyncResult result = runner.run(RUN, SyncProgress.SILENT);
    assertThat(result).isEqualTo(new SyncResult(20, 0, 30, 0, 0, Map.of(), 2, 0, 0, null, true));
    assertThat(sync(crm).written()).isEqualTo(50);
    assertThat(crm.writtenSeqs()).doesNotHaveDuplicates();
  }

  @Test
  void stopsAfterTheBatchInFlightWhenInterrupted() {
    planUpdates(50);
    Thread runs = Thread.currentThread();
    FakeCrm crm = crm(10, 1, 50).before(2, runs::interrupt);
    SyncResult result = sync(crm);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result).isEqualTo(new SyncResult(20, 0, 30, 0, 0, Map.of(), 2, 0, 0, null, true));
  }

  @Test
  void createsAndUpdatesInBatchesOfTheirOwn() {
    PlannedRow create =
        new PlannedRow(
            0,
            PlanAction.CREATE,
            null,
            "lead-9",
            null,
            "new@northwind.example",
            Map.of("mql", new FieldChange(null, "true")),
            List.of("first sync"),
            new Acknowledged(Map.of(), true, "warm", null),
            "c9",
            Map.of());
    plan(List.of(Rows.update(1), create, Rows.update(2)), WriteAction.UPSERT);
    FakeCrm crm = crm(10, 1, 2);
    assertThat(sync(crm)).isEqualTo(new SyncResult(3, 0, 0, 0, 0, Map.of(), 2, 0, 0, null, false));
    List<OutboxLine> lines = new ArrayList<>();
    new Outbox(files).read(RUN, lines::add);
    assertThat(lines).contains(written(2, "1000001", true, Map.of()));
  }

  @Test
  void saysWhatTheCrmDidNotApply() {
    PlannedRow row = Rows.update(1);
    PlannedRow staged =
        new PlannedRow(
            0,
            row.action(),
            null,
            row.leadId(),
            row.recordId(),
            row.email(),
            Map.of("lifecyclestage", new FieldChange("lead", "mql")),
            row.reasons(),
            row.after(),
            row.content(),
            Map.of());
    plan(List.of(staged), WriteAction.CREATE);
    FakeCrm crm =
        new FakeCrm()
            .with("10001", null, Map.of("lifecyclestage", "customer"))
            .keeping("lifecyclestage");
    assertThat(sync(crm)).isEqualTo(new SyncResult(1, 0, 0, 0, 1, Map.of(), 1, 0, 0, null, false));
    List<OutboxLine> lines = new ArrayList<>();
    new Outbox(files).read(RUN, lines::add);
    assertThat(lines)
        .containsExactly(written(1, "10001", false, Map.of("lifecyclestage", "customer")));
  }

  private static OutboxLine written(
      long seq, String recordId, boolean created, Map<String, String> kept) {
    return OutboxLine.written(
        new RowOutcome.Written(seq, recordId, created, Map.of()),
        new Echo(Map.copyOf(kept), Map.of()),
        CLOCK.instant());
  }

  @Test
  void tellsWhichValuesTheCrmStoredOtherwiseAndKeepsWhatWasSentInTheLedger() {
    plan(List.of(Rows.update(1), Rows.update(2)), WriteAction.CREATE);
    FakeCrm crm =
        new FakeCrm()
            .with("10001", null, Map.of("mql", "yes"))
            .with("10002", null, Map.of("mql", "yes"))
            .keeping("mql");
    SyncResult result = sync(crm);
    assertThat(result.written()).isEqualTo(2);
    assertThat(result.altered()).isEqualTo(Map.of("mql", 2L));
    assertThat(result.remarks())
        .containsExactly("the CRM stored mql otherwise than it was sent, in 2 rows");
    List<OutboxLine> lines = new ArrayList<>();
    new Outbox(files).read(RUN, lines::add);
    assertThat(lines).extracting(OutboxLine::altered).containsOnly(Map.of("mql", "yes"));
    // not_applied is what the ledger takes over; the next night must not send the same again.
    assertThat(lines).extracting(OutboxLine::notApplied).containsOnly(Map.of());
  }

  @Test
  void takesCountsThatDoNotAddUpForABug() {
    planUpdates(3);
    String changes = directory.resolve("plans/run-7/changes.jsonl").toString();
    files.write(
        "plans/run-7/changes.jsonl",
        text(changes).lines().limit(2).collect(Collectors.joining("\n")).getBytes(UTF_8));
    assertThatThrownBy(() -> sync(crm(10, 1, 3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the counts of run run-7 do not add up: 3 to send, 2 written, 0 rejected, 0 deferred");
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void stopsWhenTooManyAreRejected() {
    planUpdates(50);
    FakeCrm crm =
        crm(10, 1, 50)
            .refusing(
                row ->
                    Optional.of(new RowOutcome.Rejected(row.seq(), RejectCode.NOT_ALLOWED, "no")));
    SyncResult result =
        new SyncRunner(files, crm, Rows.settings(), guards(Optional.of(15)), CLOCK)
            .run(RUN, SyncProgress.SILENT);
    assertThat(result)
        .isEqualTo(
            new SyncResult(
                0,
                20,
                30,
                0,
                0,
                Map.of(),
                2,
                0,
                0,
                Problem.of(
                    ErrorCode.REJECT_LIMIT,
                    "the CRM rejected 20 records, more than guards.reject-limit (15); the rest was"
                        + " not sent",
                    "see why with: ripen rejects; mend them, drop them, or raise guards.reject-limit; then run"
                        + " again: what was not sent goes first"),
                false));
  }

  @Test
  void takesAnUnansweredRowForABug() {
    planUpdates(2);
    FakeCrm crm =
        crm(10, 1, 2)
            .refusing(row -> Optional.of(new RowOutcome.Deferred(row.seq() + 5, "wrong row")));
    assertThatThrownBy(() -> sync(crm))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("fake answered row 7 that was not open");
  }

  @Test
  void tellsHowFarItIs() {
    planUpdates(30);
    List<String> seen = new ArrayList<>();
    runner(files, crm(10, 1, 30))
        .run(RUN, (written, rejected, total) -> seen.add(written + "/" + total));
    assertThat(seen).containsExactly("10/30", "20/30", "30/30");
  }

  /** A state whose outbox fails at the n-th append. */
  private static final class DyingState implements StateFiles {
    private final StateFiles inner;
    private final int dyingAppend;
    private final Throwable failure;
    private final AtomicInteger appends = new AtomicInteger();

    DyingState(StateFiles inner, int dyingAppend) {
      this(inner, dyingAppend, new OutOfMemoryError("test"));
    }

    DyingState(StateFiles inner, int dyingAppend, Throwable failure) {
      this.inner = inner;
      this.dyingAppend = dyingAppend;
      this.failure = failure;
    }

    @Override
    public DurableLog openLog(String path) {
      DurableLog log = inner.openLog(path);
      return new DurableLog() {
        @Override
        public void append(byte[] lines) {
          if (appends.incrementAndGet() == dyingAppend) {
            if (failure instanceof Error error) {
              throw error;
            }
            throw (RuntimeException) failure;
          }
          log.append(lines);
        }

        @Override
        public void close() {
          log.close();
        }
      };
    }

    @Override
    public void write(String path, byte[] content) {
      inner.write(path, content);
    }

    @Override
    public LineSink writeLines(String path) {
      return inner.writeLines(path);
    }

    @Override
    public InputStream read(String path) {
      return inner.read(path);
    }

    @Override
    public boolean exists(String path) {
      return inner.exists(path);
    }

    @Override
    public List<String> list(String path) {
      return inner.list(path);
    }

    @Override
    public void delete(String path) {
      inner.delete(path);
    }
  }
}
