package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Definition;
import dev.ripen.config.Source;
import dev.ripen.spark.SourceSignals.Decision;
import dev.ripen.spark.pushdown.ColumnType;
import dev.ripen.spark.pushdown.Dialect;
import dev.ripen.spark.pushdown.SourceTable;
import dev.ripen.spark.pushdown.Statements;
import dev.ripen.sqlmodel.ModelCheck;
import dev.ripen.testing.Golden;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source is sent, and what is left to Spark and why. */
@Tag("spark")
final class PushdownSqlTest {
  private static final Column DAYS =
      SignalRows.inDays(LocalDate.of(2026, 11, 17), LocalDate.of(2026, 11, 21))
          .or(SignalRows.inDays(List.of(LocalDate.of(2026, 11, 2))));

  private static final String EVENTS =
      """
      SELECT
        concat('page:', coalesce(page_id, md5(concat_ws('|', anonymous_id, user_id, occurred_at)))) AS event_id,
        coalesce(user_id, anonymous_id) AS visitor_id, occurred_at, 'page' AS event_type, path,
        coalesce(path LIKE '/pricing%', false) AS is_pricing_page, amount, number, ratio, tag, known_at, loaded_at
      FROM (
        SELECT id AS page_id, anonymous_id, user_id, happened_at AS occurred_at, path, user_agent, amount, number,
          ratio, tag, known_at, loaded_at
        FROM pages)
      WHERE coalesce(user_id, anonymous_id) IS NOT NULL AND NOT coalesce(user_agent RLIKE '(?i)bot|crawl', false)
      UNION ALL
      SELECT concat('signed_up:', id), user_id, happened_at, 'signed_up', path, false, amount, number, ratio, tag, known_at, loaded_at
      FROM signed_up
      """;

  private static final String TABLE =
      "(id VARCHAR, anonymous_id VARCHAR, user_id VARCHAR, happened_at TIMESTAMP, path VARCHAR,"
          + " user_agent VARCHAR, amount DECIMAL(10, 2), number INTEGER, ratio DOUBLE, tag UUID,"
          + " known_at TIMESTAMP WITH TIME ZONE, loaded_at TIMESTAMP)";

  @TempDir Path directory;
  private final SparkSession spark = SparkTestSession.create();
  private Sources sources;

  @BeforeEach
  void makeTables() throws SQLException {
    Path file = directory.resolve("w.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE pages " + TABLE);
      statement.execute("CREATE TABLE signed_up " + TABLE);
    }
    sources =
        sources(new Source("db", "duckdb", Map.of("path", file.toString()), Map.of(), tables()));
  }

  private Sources sources(Source source) {
    Sources made = new Sources(spark, List.of(source), Map.of(), Set.of(), CrmTables.empty(spark));
    for (String table : List.of("pages", "signed_up")) {
      made.table(List.of("db", table)).createOrReplaceTempView(table);
    }
    return made;
  }

  @AfterEach
  void close() {
    sources.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "postgresql", "snowflake"})
  void writesEachDatabasesOwnSql(String format) {
    List<SignalRule> rules =
        List.of(
            rule("sign-up", "event_type = 'signed_up'"),
            rule("page", "event_type = 'page' AND NOT is_pricing_page"),
            rule("pricing", "event_type = 'page' AND is_pricing_page"),
            rule(
                "odd",
                "path = 'it''s a back\\\\slash' OR path LIKE '%100!%%' ESCAPE '!' OR lower(path) IN ('a', 'b')"
                    + " OR path RLIKE '^a\\\\.b|[0-9]'"),
            rule("numbers", "amount >= 10.5 AND number <> 3 AND ratio < 0.5D"),
            rule(
                "times",
                "known_at > TIMESTAMP '2026-11-18 07:00:00' OR unix_micros(known_at) > 5"));
    SignalPlans plans = new SignalPlans(events(), DAYS);
    List<ModelCheck> checks =
        List.of(
            new ModelCheck(
                "not_null(visitor_id)",
                "count_if(visitor_id IS NULL)",
                ModelCheck.Severity.BLOCK,
                1,
                1));
    Statements statements = new Statements(Dialect.of(format).orElseThrow(), types(format));

    String sql =
        statements
                .signals(plans.tagged(rules), rules.stream().map(SignalRule::id).toList())
                .orElseThrow()
            + "\n\n"
            + statements.counts(plans.counts(rules, checks));

    Golden.assertMatches(
        "spark/pushdown-" + format + ".sql",
        sql.replace(" UNION ALL ", "\nUNION ALL ")
                .replaceAll("'[-0-9]{10} [:0-9]{8}\\.[0-9]{6}'", "'NOW'")
            + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "path > 'a'; it compares the order of texts or truths",
        "path RLIKE '\\\\bdemo'; not every database reads its pattern \\bdemo as Spark does",
        "upper(path) = 'A'; it uses upper",
        "lower(path) = visitor_id; it uses lower of a text that is not compared with ASCII constants",
        "lower(path) = 'ä'; it uses lower of a text that is not compared with ASCII constants",
        "initcap(path) = 'A'; it uses initcap",
        "tag = 'x'; the column tag is of the type UUID",
        "try_cast(path AS INT) = 1; it casts STRING to INT",
        "CAST(known_at AS STRING) = 'x'; it casts TIMESTAMP to STRING",
        "ratio = number; it casts INT to DOUBLE",
        "number + 1 = 2; it uses add",
        "substring(path, 1, 2) = '/a'; it uses substring",
        "rand() > 0.5; it uses rand",
        "get_json_object(path, '$.a') = 'b'; it uses get_json_object"
      })
  void leavesToSparkWhatMayNotBeTheSame(String condition, String reason) {
    List<SignalRule> rules = List.of(rule("page", "event_type = 'page'"), rule("odd", condition));

    Decision decision = new SourceSignals(spark, sources).decide(events(), rules, DAYS, List.of());

    assertThat(decision.reasons()).isEqualTo(Map.of("odd", reason));
    assertThat(decision.rules()).containsExactly(rules.get(0));
    assertThat(decision.found()).isPresent();
  }

  @Test
  void leavesPointsToSpark() {
    SignalRule rule =
        new SignalRule(
            "worth", "f", Definition.Source.PERSON, "event_type = 'page'", Optional.of("amount"));

    assertThat(reasons(events(), rule)).isEqualTo(Map.of("worth", "its points are an expression"));
  }

  @Test
  void leavesAllToSparkWhereEventsAreMoreThanTables() {
    SignalRule rule = rule("page", "event_type = 'page'");
    Dataset<Row> joined =
        spark.sql("SELECT e.* FROM (" + EVENTS + ") e JOIN pages p ON e.event_id = p.id");
    Dataset<Row> distinct = events().distinct();
    Dataset<Row> files =
        spark.createDataFrame(
            List.of(
                RowFactory.create(
                    "e",
                    "v",
                    Instant.parse("2026-11-18T00:00:00Z"),
                    "page",
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null)),
            events().schema());

    assertThat(reasons(joined, rule)).isEqualTo(Map.of("page", "it has a step Join"));
    assertThat(reasons(distinct, rule)).isEqualTo(Map.of("page", "it has a step Aggregate"));
    assertThat(reasons(files, rule)).isEqualTo(Map.of("", "they are not read from a database"));
    assertThat(reasons(events().unionByName(files), rule))
        .isEqualTo(Map.of("page", "it has a step LocalRelation"));
  }

  @Test
  void leavesAllToSparkWhereItIsTold() throws SQLException {
    String path = directory.resolve("w.duckdb").toString();
    Source off =
        new Source("db", "duckdb", Map.of("path", path), Map.of(), Source.Pushdown.OFF, tables());
    sources.close();
    sources = sources(off);

    assertThat(reasons(events(), rule("page", "event_type = 'page'")))
        .isEqualTo(Map.of("", "pushdown = off"));
  }

  @Test
  void leavesAllToSparkWhereTablesAreOfTwoDatabases() {
    String path = directory.resolve("w.duckdb").toString();
    sources.close();
    sources =
        sources(
            new Source(
                "db",
                "duckdb",
                Map.of("path", path),
                Map.of(),
                List.of(
                    TestTables.table("pages", Map.of()),
                    TestTables.table("signed_up", Map.of("pushDownLimit", "false")))));

    assertThat(
            reasons(
                    events(),
                    rule("page", "event_type = 'signed_up'"),
                    rule("p", "event_type = 'page'"))
                .get(""))
        .isEqualTo("it reads db.pages and db.signed_up, of two databases");
  }

  @Test
  void leavesAllToSparkWhereTextsAreComparedInAnotherWay() throws SQLException {
    sources.close();
    Path file = directory.resolve("collated.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE pages " + TABLE.replace("path VARCHAR", "path VARCHAR COLLATE NOCASE"));
      statement.execute("CREATE TABLE signed_up " + TABLE);
    }
    sources =
        sources(new Source("db", "duckdb", Map.of("path", file.toString()), Map.of(), tables()));

    assertThat(reasons(events(), rule("page", "path = '/a'")).get("page"))
        .isEqualTo("the database has a collation");
  }

  private Map<String, String> reasons(Dataset<Row> events, SignalRule... rules) {
    return new SourceSignals(spark, sources)
        .decide(events, List.of(rules), DAYS, List.of())
        .reasons();
  }

  private Dataset<Row> events() {
    return spark.sql(EVENTS);
  }

  private static SignalRule rule(String name, String event) {
    return new SignalRule(name, "0a1b2c3d", Definition.Source.PERSON, event, Optional.empty());
  }

  /** As the drivers name them. */
  private SourceTable.Finder types(String format) {
    Dialect dialect = Dialect.of(format).orElseThrow();
    Map<String, List<String>> names =
        Map.of(
            "duckdb",
                List.of(
                    "VARCHAR",
                    "TIMESTAMP",
                    "TIMESTAMP WITH TIME ZONE",
                    "DECIMAL(10,2)",
                    "INTEGER",
                    "DOUBLE"),
            "postgresql", List.of("text", "timestamp", "timestamptz", "numeric", "int4", "float8"),
            "snowflake",
                List.of("VARCHAR", "TIMESTAMPNTZ", "TIMESTAMPTZ", "NUMBER", "INTEGER", "DOUBLE"));
    List<String> types = names.get(format);
    Map<String, ColumnType> columns = new HashMap<>();
    for (String text : List.of("id", "anonymous_id", "user_id", "path", "user_agent")) {
      columns.put(text, dialect.type(types.get(0), 0, 0));
    }
    for (String time : List.of("happened_at", "loaded_at")) {
      columns.put(time, dialect.type(types.get(1), 0, 0));
    }
    columns.put("known_at", dialect.type(types.get(2), 0, 0));
    columns.put("amount", dialect.type(types.get(3), 10, 2));
    columns.put("number", dialect.type(types.get(4), 0, 0));
    columns.put("ratio", dialect.type(types.get(5), 0, 0));
    columns.put("tag", dialect.type("xml", 0, 0));
    return relation -> new SourceTable(name(relation), columns);
  }

  private String name(LogicalRelation relation) {
    return "segment." + sources.databaseTable(relation.relation()).orElseThrow().name();
  }

  private static List<Source.Table> tables() {
    return List.of(TestTables.table("pages", Map.of()), TestTables.table("signed_up", Map.of()));
  }
}
