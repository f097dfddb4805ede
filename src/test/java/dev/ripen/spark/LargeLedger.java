package dev.ripen.spark;

import static org.apache.spark.sql.functions.expr;

import dev.ripen.bench.PeakMemory;
import dev.ripen.config.DestinationSettings;
import dev.ripen.config.FieldPolicy;
import dev.ripen.config.Guards;
import dev.ripen.crm.Budget;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.WriteAction;
import dev.ripen.history.RunRecord;
import dev.ripen.sync.FakeCrm;
import dev.ripen.sync.LiveResolver;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.PlanTotals;
import dev.ripen.sync.PlanWriter;
import dev.ripen.sync.RowPlanner;
import dev.ripen.sync.SyncProgress;
import dev.ripen.sync.SyncResult;
import dev.ripen.sync.SyncRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Plans and sends a large ledger with few changes: {@code scripts/bench ledger [ROWS] [CHANGED]
 * [NEW]}. The CRM is in memory and holds only the records that are sent. Ends with 1 if more is
 * asked or written than there must be.
 */
final class LargeLedger {
  private static final String RUN = "run-1";
  private static final Instant NOW = Instant.parse("2026-11-20T05:00:00Z");
  private static final long FIRST_RECORD = 1_000_000;

  private final SparkSession spark;
  private final StateTables state;
  private final Path directory;
  private final long rows;
  private final long changed;
  private final long fresh;
  private final FakeCrm crm = new FakeCrm();

  private LargeLedger(SparkSession spark, Path directory, long rows, long changed, long fresh) {
    this.spark = spark;
    this.state = new StateTables(spark, directory.toString());
    this.directory = directory;
    this.rows = rows;
    this.changed = changed;
    this.fresh = fresh;
  }

  /** Arguments: rows of the ledger, how many of them changed, leads that are new. */
  public static void main(String[] args) throws IOException {
    long rows = args.length > 0 ? Long.parseLong(args[0]) : 10_000_000;
    long changed = args.length > 1 ? Long.parseLong(args[1]) : 100_000;
    long fresh = args.length > 2 ? Long.parseLong(args[2]) : 0;
    Path directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target")), "ledger-");
    List<String> wrong;
    try {
      SparkSession spark = SparkSessions.start(Map.of());
      SparkSessions.expect(spark, rows);
      wrong = new LargeLedger(spark, directory.toAbsolutePath(), rows, changed, fresh).measure();
      spark.stop();
    } finally {
      FileUtils.deleteQuietly(directory.toFile());
    }
    wrong.forEach(line -> System.err.println("error: " + line));
    System.exit(wrong.isEmpty() ? 0 : 1);
  }

  /** Prints what it took; returns what is not as it must be. */
  private List<String> measure() {
    long start = System.nanoTime();
    ledger(spark, state, rows);
    print("ledger of %,d rows made in %.0f s; not part of what follows%n", rows, seconds(start));
    views(spark, rows, changed, fresh);
    for (long n = 0; n < changed + fresh; n++) {
      crm.with(
          String.valueOf(FIRST_RECORD + (n < changed ? n : rows + n - changed)), null, Map.of());
    }
    PeakMemory memory = new PeakMemory();
    long all = System.nanoTime();
    PlanTotals plan = plan();
    double planned = seconds(all);
    start = System.nanoTime();
    SyncResult result = send();
    double sent = seconds(start);
    start = System.nanoTime();
    fold();
    print("rows                    %,d%n", rows);
    print("changed                 %,d, new %,d%n", changed, fresh);
    print(
        "seconds                 %.1f (planned %.1f, sent %.1f, folded into the ledger %.1f)%n",
        seconds(all), planned, sent, seconds(start));
    print(
        "peak heap in use        %d of %d MiB; after a collection %d MiB%n",
        memory.heap() >> 20,
        Runtime.getRuntime().maxMemory() >> 20,
        memory.heapAfterCollection() >> 20);
    print(
        "peak of the process     %d MiB%n",
        PeakMemory.ofProcess(ProcessHandle.current().pid()) >> 20);
    print("write requests          %,d%n", crm.traffic().writes());
    print("read requests           %,d%n", crm.reads().size());
    return wrong(plan, result);
  }

  private List<String> wrong(PlanTotals plan, SyncResult result) {
    List<String> wrong = new ArrayList<>();
    if (plan.toSend() != changed + fresh || result.written() != changed + fresh) {
      wrong.add("%,d rows planned, %,d written".formatted(plan.toSend(), result.written()));
    }
    long writes = requests(changed + fresh);
    if (crm.traffic().writes() != writes) {
      wrong.add("%,d write requests, must be %,d".formatted(crm.traffic().writes(), writes));
    }
    if (crm.reads().size() > requests(fresh)) {
      wrong.add("%,d read requests, at most %,d".formatted(crm.reads().size(), requests(fresh)));
    }
    long known =
        crm.reads().stream()
            .flatMap(List::stream)
            .filter(key -> Long.parseLong(key.value()) < FIRST_RECORD + rows)
            .count();
    if (known > 0) {
      wrong.add("%,d records were read although the ledger knows them".formatted(known));
    }
    return wrong;
  }

  private long requests(long records) {
    return (records + crm.batchSize() - 1) / crm.batchSize();
  }

  private PlanTotals plan() {
    RowPlanner planner = RowPlanner.of(settings(), List.of(), ZoneOffset.UTC, "a41f9c");
    try (PlanInput input =
            new CrmJoin(spark, state).candidates(spark.table("wanted"), settings(), planner);
        PlanWriter writer = new PlanWriter(new LocalStateFiles(directory), RUN);
        LiveResolver resolver =
            new LiveResolver(planner, crm, new LedgerTables(spark, state).owners("fake"), input)) {
      while (resolver.hasNext()) {
        writer.add(resolver.next());
      }
      return writer
          .freeze(
              new PlanSummary(RUN, "fake", NOW, "a41f9c", 0, WriteAction.CREATE, input.totals()))
          .totals();
    }
  }

  private SyncResult send() {
    Guards guards =
        new Guards(
            0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    return new SyncRunner(
            new LocalStateFiles(directory), crm, settings(), guards, Clock.systemUTC())
        .run(RUN, SyncProgress.SILENT);
  }

  private void fold() {
    new LedgerTables(spark, state)
        .fold(
            "fake",
            RUN,
            "a41f9c",
            directory + "/plans/" + RUN + "/changes.jsonl",
            directory + "/plans/" + RUN + "/learned.jsonl",
            directory + "/outbox/" + RUN,
            NOW);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }

  private static void ledger(SparkSession spark, StateTables state, long rows) {
    Dataset<Row> ledger =
        spark
            .range(0, rows, 1, 16)
            .select(
                expr("'fake'").as("destination"),
                expr("CAST(id AS STRING)").as("lead_id"),
                expr("CAST(1000000 + id AS STRING)").as("record_id"),
                expr("map('mql', CAST(id % 20 = 0 AS STRING), 'mql_score', CAST(id % 100 AS"
                        + " STRING))")
                    .as("fields"),
                expr("id % 20 = 0").as("is_mql"),
                expr("CAST(NULL AS STRING)").as("level"),
                expr("CAST(NULL AS TIMESTAMP)").as("episode_mql_at"),
                expr("TIMESTAMP '2026-11-19 05:00:00'").as("acknowledged_at"),
                expr("'run-0'").as("run_id"));
    state.overwrite(LedgerTables.LEDGER, ledger);
    state.commit(
        new RunRecord(
            "run-0",
            RunRecord.Phase.DONE,
            NOW,
            NOW,
            NOW,
            "live",
            "1",
            "a41f9c",
            Map.of(),
            "",
            "{}"),
        List.of(LedgerTables.LEDGER));
  }

  private static void views(SparkSession spark, long rows, long changed, long fresh) {
    Dataset<Row> people = spark.range(0, rows + fresh, 1, 16).toDF();
    people.selectExpr("CAST(id AS STRING) AS lead_id").createOrReplaceTempView(Pipeline.LEADS);
    people
        .selectExpr(
            "CAST(id AS STRING) AS lead_id",
            "id % 20 = 0 AS is_mql",
            "CAST(NULL AS STRING) AS level",
            "id % 100 AS score",
            "CAST(NULL AS TIMESTAMP) AS mql_at",
            "'' AS reasons")
        .createOrReplaceTempView(LeadScores.VIEW);
    people
        .selectExpr(
            "CAST(id AS STRING) AS lead_id",
            "CAST(1000000 + id AS STRING) AS record_id",
            "CAST(NULL AS STRING) AS email",
            "CAST(id % 20 = 0 AS STRING) AS mql",
            "CAST(IF(id < " + changed + ", 500, id % 100) AS STRING) AS mql_score")
        .createOrReplaceTempView("wanted");
  }

  private static DestinationSettings settings() {
    Map<String, FieldPolicy> fields = new LinkedHashMap<>();
    fields.put("mql", new FieldPolicy(FieldPolicy.Kind.OVERWRITE, null));
    fields.put("mql_score", new FieldPolicy(FieldPolicy.Kind.OVERWRITE, null));
    return new DestinationSettings(
        "fake",
        "fake",
        false,
        0,
        Optional.empty(),
        "1",
        Optional.empty(),
        DestinationSettings.Mode.LIVE,
        Optional.empty(),
        List.of(RecordKey.Kind.RECORD_ID),
        DestinationSettings.Create.NEVER,
        4,
        Budget.ALL,
        false,
        DestinationSettings.Leavers.CLEAR,
        fields);
  }
}
