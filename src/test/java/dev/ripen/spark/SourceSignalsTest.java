package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Definition;
import dev.ripen.config.Source;
import dev.ripen.spark.SourceSignals.Answer;
import dev.ripen.spark.SourceSignals.Decision;
import dev.ripen.sqlmodel.ModelCheck;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source finds is what Spark finds. */
@Tag("spark")
final class SourceSignalsTest {
  private static final int ROWS = 200;
  private static final int RULES = 24;
  private static final int ROUNDS = Integer.getInteger("ripen.pushdown.rounds", 4);
  private static final Column DAYS =
      SignalRows.inDays(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 3));

  @TempDir Path directory;
  private final SparkSession spark = SparkTestSession.create();

  @Test
  void duckDbFindsWhatSparkFinds() throws SQLException {
    Path file = directory.resolve("w.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file)) {
      fill(connection, "VARCHAR", "DOUBLE");
    }
    compare(source("duckdb", Map.of("path", file.toString())));
  }

  @Test
  void postgresqlFindsWhatSparkFinds() throws Exception {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
        fill(connection, "text", "double precision");
      }
      compare(
          source(
              "postgresql",
              Map.of(
                  "host", "localhost",
                  "port", Integer.toString(postgres.getPort()),
                  "database", "postgres",
                  "user", "postgres")));
    }
  }

  private void compare(Source source) {
    try (Sources sources =
        new Sources(spark, List.of(source), Map.of(), Set.of(), CrmTables.empty(spark))) {
      for (int round = 0; round < ROUNDS; round++) {
        compare(sources, round);
      }
    }
  }

  private void compare(Sources sources, int seed) {
    List<SignalRule> rules = rules(new PushedConditions(seed));
    Dataset<Row> events = events(sources);
    SourceSignals inSource = new SourceSignals(spark, sources);
    List<ModelCheck> checks =
        List.of(
            check("count_if(event_id IS NULL)"), check("count_if(NOT coalesce(a <> 'a', true))"));

    Decision decision = inSource.decide(events, rules, DAYS, checks);

    assertThat(decision.reasons()).as("seed %d", seed).isEmpty();
    Answer answer = inSource.ask(decision.found().orElseThrow()).orElseThrow();
    Dataset<Row> inSpark = inMemory(events);
    assertThat(texts(answer.signals()))
        .as("signals, seed %d", seed)
        .isEqualTo(texts(signals(inSpark, rules)));
    assertThat(answer.counts()).as("counts, seed %d", seed).isEqualTo(counts(inSpark, rules));
    requireTheSameOfFiles(inSpark, rules, checks, seed);
  }

  /** Spark counts events in such files in a pass of its own, and looks at those that can match. */
  private void requireTheSameOfFiles(
      Dataset<Row> events, List<SignalRule> rules, List<ModelCheck> checks, int seed) {
    String path = directory.resolve("events-" + seed).toString();
    events.write().parquet(path);
    Dataset<Row> files = spark.read().parquet(path);
    SignalPlans plans = new SignalPlans(files, DAYS);

    assertThat(plans.areColumnar()).isTrue();
    assertThat(new SignalPlans(events, DAYS).areColumnar()).isFalse();
    assertThat(SourceCounts.of(plans.counted(rules, checks).head()))
        .as("counts of files, seed %d", seed)
        .isEqualTo(counts(events, rules));
    assertThat(texts(signals(files.where(SignalSql.any(rules)), rules)))
        .as("signals of files, seed %d", seed)
        .isEqualTo(texts(signals(events, rules)));
  }

  /** Read by Spark, with nothing left for it to push. */
  private Dataset<Row> inMemory(Dataset<Row> events) {
    return spark.createDataFrame(events.collectAsList(), events.schema());
  }

  private Dataset<Row> signals(Dataset<Row> events, List<SignalRule> rules) {
    SignalRows.tagged(events, DAYS, rules).createOrReplaceTempView("tagged");
    return spark
        .sql(SignalSql.signals("tagged", false))
        .select("visitor_id", "rule", "event_id", "occurred_at");
  }

  private static SourceCounts counts(Dataset<Row> events, List<SignalRule> rules) {
    Dataset<Row> read = events.where(DAYS);
    Dataset<Row> checked = events.where(DAYS.or(col("occurred_at").isNull()));
    Row first = read.selectExpr("max(loaded_at)", "CAST(min(occurred_at) AS DATE)").head();
    return new SourceCounts(
        read.count(),
        read.where(expr(SignalSql.any(rules))).count(),
        read.where("visitor_id IS NULL OR event_id IS NULL").count(),
        Optional.ofNullable(first.getInstant(0)),
        Optional.ofNullable(first.getLocalDate(1)),
        List.of(
            checked.count(),
            checked.where("event_id IS NULL").count(),
            checked.where("NOT coalesce(a <> 'a', true)").count()));
  }

  private static Set<String> texts(Dataset<Row> rows) {
    Set<String> texts = new TreeSet<>();
    for (Row row : rows.collectAsList()) {
      assertThat(texts.add(row.toString())).as("%s comes once", row).isTrue();
    }
    assertThat(texts).isNotEmpty();
    return texts;
  }

  private static List<SignalRule> rules(PushedConditions conditions) {
    return IntStream.range(0, RULES).mapToObj(i -> rule(i, conditions.condition(3))).toList();
  }

  private static SignalRule rule(int number, String condition) {
    return new SignalRule(
        condition, "r" + number, Definition.Source.PERSON, condition, Optional.empty());
  }

  private static ModelCheck check(String failing) {
    return new ModelCheck(failing, failing, ModelCheck.Severity.WARN, 1, 1);
  }

  private Dataset<Row> events(Sources sources) {
    sources.table(List.of("db", "rows")).createOrReplaceTempView("stored");
    return spark.sql(
        """
        SELECT concat('e:', coalesce(id, md5(concat_ws('|', a, occurred_at)))) AS event_id, b AS visitor_id,
          occurred_at, a, b, n, d, flag, moment, zoned, zoned AS loaded_at
        FROM stored
        WHERE coalesce(a, '') <> 'nobody'
        UNION ALL
        SELECT id, concat('twice:', b), occurred_at, 'a', b, n, d, true, moment, zoned, loaded_at
        FROM (SELECT *, moment AS loaded_at FROM stored) WHERE n IN (1, 2) AND NOT flag
        """);
  }

  private static Source source(String format, Map<String, String> options) {
    return new Source(
        "db",
        format,
        options,
        Map.of(),
        List.of(
            new Source.Table(
                "rows",
                Optional.of("event_rows"),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1)));
  }

  private static void fill(Connection connection, String text, String number) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE event_rows (id %s, a %s, b %s, n INTEGER, d DECIMAL(10, 2), flag BOOLEAN, x %s,"
                  .formatted(text, text, text, number)
              + " moment TIMESTAMP, zoned TIMESTAMP WITH TIME ZONE, occurred_at TIMESTAMP)");
    }
    Random random = new Random(7);
    String insert =
        "INSERT INTO event_rows VALUES (?, ?, ?, ?, ?, ?, 1.5, CAST(? AS TIMESTAMP),"
            + " CAST(? AS TIMESTAMP WITH TIME ZONE), CAST(? AS TIMESTAMP))";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      for (int row = 0; row < ROWS; row++) {
        List<Object> values = new ArrayList<>();
        values.add(random.nextInt(5) == 0 ? null : "id-" + random.nextInt(150));
        values.add(text(random));
        values.add(text(random));
        values.add(random.nextInt(6) == 0 ? null : random.nextInt(4) - 1);
        values.add(
            random.nextInt(6) == 0
                ? null
                : new java.math.BigDecimal(random.nextInt(12) * 25).movePointLeft(2));
        values.add(random.nextInt(6) == 0 ? null : random.nextBoolean());
        values.add(random.nextInt(6) == 0 ? null : one(random, PushedConditions.TIMES));
        values.add(random.nextInt(6) == 0 ? null : one(random, PushedConditions.TIMES) + "+00");
        values.add(
            random.nextInt(20) == 0
                ? null
                : random.nextInt(10) == 0
                    ? "2026-10-31 23:59:59.999999"
                    : one(random, PushedConditions.TIMES));
        for (int i = 0; i < values.size(); i++) {
          statement.setObject(i + 1, values.get(i));
        }
        statement.executeUpdate();
      }
    }
  }

  private static String text(Random random) {
    return random.nextInt(6) == 0 ? null : one(random, PushedConditions.TEXTS);
  }

  private static String one(Random random, List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
