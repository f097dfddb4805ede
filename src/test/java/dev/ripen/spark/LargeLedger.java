package dev.ripen.spark;

import static org.apache.spark.sql.functions.expr;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.FieldPolicy;
import dev.ripen.crm.Budget;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.WriteAction;
import dev.ripen.history.RunRecord;
import dev.ripen.sync.FakeCrm;
import dev.ripen.sync.LiveResolver;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.PlanWriter;
import dev.ripen.sync.RowPlanner;
import dev.ripen.sync.SyncProgress;
import dev.ripen.sync.SyncResult;
import dev.ripen.sync.SyncRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Plans and sends a large ledger with few changes, to be run by hand in a small heap: {@code java
 * -Xmx1g … LargeLedger ROWS CHANGED NEW}. The CRM is in memory and holds the changed records only.
 */
final class LargeLedger {
  private static final String RUN = "run-1";
  private static final Instant NOW = Instant.parse("2026-11-20T05:00:00Z");

  private LargeLedger() {}

  /** Arguments: rows of the ledger, how many of them changed, leads that are new. */
  public static void main(String[] args) throws Exception {
    long rows = Long.parseLong(args[0]);
    long changed = Long.parseLong(args[1]);
    long fresh = Long.parseLong(args[2]);
    Path directory = Files.createTempDirectory("large-ledger");
    SparkSession spark = SparkSessions.start(Map.of());
    SparkSessions.expect(spark, rows);
    StateTables state = new StateTables(spark, directory.toString());
    ledger(spark, state, rows);
    say("ledger written", System.nanoTime());

    long start = System.nanoTime();
    views(spark, rows, changed, fresh);
    FakeCrm crm = new FakeCrm();
    for (long n = 0; n < changed; n++) {
      crm.with(String.valueOf(1_000_000 + n), null, Map.of());
    }
    for (long n = rows; n < rows + fresh; n++) {
      crm.with(String.valueOf(1_000_000 + n), null, Map.of());
    }
    LocalStateFiles files = new LocalStateFiles(directory);
    RowPlanner planner = RowPlanner.of(settings(), List.of(), ZoneOffset.UTC, "a41f9c");
    try (PlanInput input =
            new CrmJoin(spark, state).candidates(spark.table("wanted"), settings(), planner);
        PlanWriter writer = new PlanWriter(files, RUN);
        LiveResolver resolver =
            new LiveResolver(planner, crm, new LedgerTables(spark, state).owners("fake"), input)) {
      while (resolver.hasNext()) {
        writer.add(resolver.next());
      }
      System.out.println(
          writer
              .freeze(
                  new PlanSummary(
                      RUN, "fake", NOW, "a41f9c", 0, WriteAction.CREATE, input.totals()))
              .totals());
    }
    say("planned", start);
    start = System.nanoTime();
    SyncResult result =
        new SyncRunner(
                files,
                crm,
                settings(),
                new dev.ripen.config.Guards(
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of()),
                Clock.systemUTC())
            .run(RUN, SyncProgress.SILENT);
    System.out.println(result);
    System.out.println("reads " + crm.reads().size());
    say("sent", start);
    start = System.nanoTime();
    new LedgerTables(spark, state)
        .fold(
            "fake",
            RUN,
            "a41f9c",
            directory + "/plans/" + RUN + "/changes.jsonl",
            directory + "/plans/" + RUN + "/learned.jsonl",
            directory + "/outbox/" + RUN,
            NOW);
    say("folded", start);
    spark.stop();
  }

  private static void say(String what, long start) {
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "%s %.1f s, heap used %d of %d MiB%n",
        what,
        (System.nanoTime() - start) / 1e9,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
        runtime.maxMemory() >> 20);
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
        .createOrReplaceTempView(Pipeline.SCORES);
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
