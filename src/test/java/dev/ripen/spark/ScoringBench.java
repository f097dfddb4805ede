package dev.ripen.spark;

import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Prints what scoring everybody adds to reading their facts, with the template's rules: {@code
 * scripts/bench scores [LEADS] [SIGNALS]}. The peer is a sum of decayed points in plain SQL over
 * the same tables, without order, limits or dates.
 */
final class ScoringBench {
  private static final Instant AS_OF = Instant.parse("2026-11-15T12:00:00Z");
  private static final int ROUNDS = 3;
  private static final String PEER =
      """
      SELECT i.lead_id, count(*) AS signals,
        sum(5 * pow(0.5, datediff(DATE'2026-11-15', CAST(s.occurred_at AS DATE)) / 14.0)) AS score
      FROM signals AS s JOIN identities AS i ON s.visitor_id = i.visitor_id
      GROUP BY i.lead_id
      """;

  private final SparkSession spark;
  private final Project project;
  private final ModelGraph graph;
  private final RulesInForce rules;
  private final Path tables;

  private ScoringBench(SparkSession spark, Path tables) {
    this.spark = spark;
    this.tables = tables;
    project = ProjectLoader.load(Path.of(""), Optional.empty(), Map.of(), Map.of());
    graph =
        ModelGraph.load(
            project.directory(),
            new SparkSqlReader(),
            OfflineModels.sourceTables(project),
            CanonicalTables.BUILT_IN,
            Set.of("hubspot"));
    rules = RulesInForce.of(project.definition(), graph, project.parameters());
    MailFunctions.register(spark);
    ScoreFunction.register(spark, rules);
  }

  public static void main(String[] arguments) {
    long leads = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    long signals = arguments.length > 1 ? Long.parseLong(arguments[1]) : 20_000_000;
    SparkSession spark = SparkSessions.start(Map.of());
    SparkSessions.expect(spark, Long.MAX_VALUE);
    ScoringBench bench = new ScoringBench(spark, Path.of("target/bench-scores"));
    bench.write(leads, signals);
    bench.measure(leads, signals);
    spark.stop();
  }

  private void write(long leads, long signals) {
    table(
        "leads",
        """
        SELECT CAST(id AS STRING) AS lead_id, concat('p', id, '@bench.example') AS email,
          TIMESTAMP'2026-08-01 00:00:00' + make_dt_interval(pmod(hash(id), 60)) AS created_at,
          'Website' AS lead_source, pmod(hash(id), 5) = 0 AS is_senior_title
        FROM range(%d)"""
            .formatted(leads),
        "lead_id");
    table(
        "identities",
        "SELECT md5(CAST(id AS STRING)) AS visitor_id, CAST(id AS STRING) AS lead_id FROM range(%d)"
            .formatted(leads),
        "lead_id");
    table("statuses", NO_STATUSES, "lead_id");
    String ids =
        rules.signalRules().stream()
            .map(SignalRule::id)
            .map(SignalSql::quoted)
            .collect(Collectors.joining(", ", "array(", ")"));
    table(
        "signals",
        """
        SELECT md5(CAST(pmod(xxhash64(id), %d) AS STRING)) AS visitor_id,
          element_at(%s, 1 + pmod(hash(id, 1), %d)) AS rule, uuid() AS event_id, occurred_at,
          CAST(NULL AS DECIMAL(38,6)) AS points, CAST(occurred_at AS DATE) AS event_day
        FROM (SELECT id, TIMESTAMP'2026-08-17 12:00:00'
          + make_dt_interval(0, 0, 0, pmod(hash(id, 2), 7776000)) AS occurred_at FROM range(%d))"""
            .formatted(leads, ids, rules.signalRules().size(), signals),
        "visitor_id");
  }

  private static final String NO_STATUSES =
      "SELECT '' AS lead_id, '' AS status, TIMESTAMP'2026-01-01' AS occurred_at, '' AS reason"
          + " WHERE false";

  /** As the state has it: sorted, signals by day. */
  private void table(String name, String sql, String key) {
    String path = tables.resolve(name).toString();
    Dataset<Row> rows = spark.sql(sql);
    if (name.equals("signals")) {
      rows.repartition(rows.col("event_day"))
          .sortWithinPartitions("event_day", key)
          .write()
          .mode("overwrite")
          .partitionBy("event_day")
          .parquet(path);
    } else {
      rows.sortWithinPartitions(key).write().mode("overwrite").parquet(path);
    }
    spark.read().parquet(path).createOrReplaceTempView(name);
  }

  private void measure(long leads, long signals) {
    FactsSql.Inputs inputs =
        new FactsSql.Inputs(true, false, project.signals().maxPerVisitorRuleDay());
    Dataset<Row> facts = compile("built-in facts", FactsSql.of(rules, inputs));
    facts.createOrReplaceTempView("facts");
    Dataset<Row> scores = compile("scores", graph.model(Pipeline.SCORES).text());
    System.out.printf(
        Locale.ROOT,
        "%,d leads, %,d signals, %d cores%n",
        leads,
        signals,
        spark.sparkContext().defaultParallelism());
    for (int round = 1; round <= ROUNDS; round++) {
      double peer = seconds(spark.sql(PEER));
      double reading = seconds(facts);
      double scoring = seconds(scores);
      System.out.printf(
          Locale.ROOT,
          "plain sum %5.1f s   facts %5.1f s   scores %5.1f s   scoring adds %5.1f s (limit 20)"
              + "   scores / plain sum %4.2f%n",
          peer,
          reading,
          scoring,
          scoring - reading,
          scoring / peer);
    }
  }

  private Dataset<Row> compile(String file, String sql) {
    return new SqlCompiler()
        .compile(spark, file, sql, Pipeline.parameters(project, AS_OF), parts -> null);
  }

  private static double seconds(Dataset<Row> rows) {
    long before = System.nanoTime();
    rows.write().format("noop").mode("overwrite").save();
    return (System.nanoTime() - before) / 1e9;
  }
}
