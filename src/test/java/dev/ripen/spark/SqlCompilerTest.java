package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class SqlCompilerTest {
  private final SparkSession session = SparkTestSession.create();
  private final SqlCompiler compiler = new SqlCompiler();
  private final Dataset<Row> contact =
      session.sql(
          "SELECT * FROM VALUES ('c1', 'Ada', TIMESTAMP'2026-01-01 00:00:00'),"
              + " ('c2', 'Bob', TIMESTAMP'2026-03-01 00:00:00') AS t(id, first_name, at)");

  @Test
  void readsSourceTablesAlsoInCtesAndSubqueries() {
    assertThat(
            rows(
                "WITH early AS (SELECT id FROM crm.contact WHERE at < :as_of)"
                    + " SELECT c.id, contact.id AS other FROM crm.contact AS c"
                    + " JOIN crm.contact ON contact.id = c.id"
                    + " WHERE c.id IN (SELECT id FROM early)"
                    + " AND EXISTS (SELECT 1 FROM crm.contact x WHERE x.id = c.id)",
                Map.of("as_of", Instant.parse("2026-02-01T00:00:00Z"))))
        .containsExactly("[c1,c1]");
  }

  @Test
  void givesParametersTheirTypes() {
    Dataset<Row> compiled =
        compile(
            "SELECT :a AS a, :b AS b, :c AS c, :d AS d, :e AS e, :f AS f",
            Map.of(
                "a",
                Instant.parse("2026-02-01T00:00:00Z"),
                "b",
                "it's",
                "c",
                5L,
                "d",
                7,
                "e",
                true,
                "f",
                new BigDecimal("1.50")));
    assertThat(compiled.schema().toDDL())
        .isEqualTo(
            "a TIMESTAMP NOT NULL,b STRING NOT NULL,c BIGINT NOT NULL,d INT NOT NULL,"
                + "e BOOLEAN NOT NULL,f DECIMAL(3,2) NOT NULL");
    assertThat(compiled.collectAsList().get(0).mkString("|"))
        .isEqualTo("2026-02-01T00:00:00Z|it's|5|7|true|1.50");
  }

  @Test
  void givesParametersWhereverAnExpressionStands() {
    assertThat(
            rows(
                "WITH v AS (SELECT * FROM VALUES (:n, 1), (7, :n) AS t(a, b)),"
                    + " w AS (SELECT *, sum(a + :n) OVER (PARTITION BY b % :n ORDER BY a) AS s"
                    + " FROM v) SELECT a, s, (SELECT max(b) + :n FROM v) AS m, x"
                    + " FROM w LATERAL VIEW explode(array(:n)) e AS x"
                    + " WHERE a IN (WITH z AS (SELECT :n AS q) SELECT q FROM z)"
                    + " ORDER BY a + :n LIMIT :n",
                Map.of("n", 2)))
        .containsExactly("[2,4,4,2]");
  }

  @Test
  void saysWhereAGroupIsMissing() {
    Problem problem = problem("SELECT\n  id, count(*) AS n\nFROM crm.contact");
    assertThat(problem.code()).isEqualTo(ErrorCode.SQL_INVALID);
    assertThat(problem.what()).contains("GROUP BY");
    assertThat(problem.span().orElseThrow().line()).isEqualTo(1);
  }

  @Test
  void saysThatAUnionDoesNotFit() {
    Problem problem =
        problem("SELECT id FROM crm.contact\nUNION ALL\nSELECT id, at FROM crm.contact");
    assertThat(problem.code()).isEqualTo(ErrorCode.SQL_INVALID);
    assertThat(problem.span().orElseThrow().line()).isPositive();
  }

  @Test
  void followsTheSettingsOfItsSession() {
    SparkSession lenient = SparkTestSession.create();
    lenient.conf().set("spark.sql.ansi.enabled", "false");
    assertThat(
            compiler
                .compile(lenient, "a.sql", "SELECT CAST('x' AS INT) AS n", Map.of(), parts -> null)
                .collectAsList())
        .hasToString("[[null]]");
  }

  @Test
  void readsViewsOfTheSessionAndCreatesNothing() {
    compile("SELECT id FROM crm.contact", Map.of()).createOrReplaceTempView("compiled_leads");
    assertThat(rows("SELECT * FROM compiled_leads", Map.of())).containsExactly("[c1]", "[c2]");
    assertThat(session.catalog().listTables().filter("NOT isTemporary").count()).isZero();
    assertThat(session.catalog().listDatabases().count()).isEqualTo(1);
  }

  @Test
  void suggestsTheNearestColumn() {
    Problem problem = problem("-- One row\nSELECT\n  c.frist_name\nFROM crm.contact AS c");
    assertThat(problem.code()).isEqualTo(ErrorCode.SQL_COLUMN_NOT_FOUND);
    assertThat(problem.what())
        .isEqualTo(
            "sql/leads.sql reads column `c.frist_name`, which the tables it reads there do not"
                + " have");
    assertThat(problem.span()).map(Object::toString).contains("sql/leads.sql:3:3");
    assertThat(problem.span().orElseThrow().snippet()).isEqualTo("  c.frist_name");
    assertThat(problem.fix())
        .isEqualTo("did you mean `c.first_name`? Edit the line, then run: ripen check");
  }

  @Test
  void explainsAStrayCommaBeforeFrom() {
    String fix = "Take out the comma before FROM. Edit the line, then run: ripen check";
    assertThat(problem("SELECT 1 AS id,\nFROM crm.contact").fix()).isEqualTo(fix);
    contact.createOrReplaceTempView("contact_view");
    assertThat(problem("SELECT 1 AS id,\nFROM contact_view").what())
        .isEqualTo(
            "sql/leads.sql: Trailing comma detected in SELECT clause. Remove the trailing comma"
                + " before the FROM clause.");
  }

  @Test
  void namesTablesThatAreNotThere() {
    Problem view = problem("SELECT *\nFROM no_such_view");
    assertThat(view.code()).isEqualTo(ErrorCode.SQL_TABLE_NOT_FOUND);
    assertThat(view.span()).map(Object::toString).contains("sql/leads.sql:2:6");
    Problem source = problem("SELECT *\nFROM crm.company");
    assertThat(source.what())
        .isEqualTo("sql/leads.sql reads table `crm.company`, which no source has");
    assertThat(source.span()).map(Object::toString).contains("sql/leads.sql:2:6");
  }

  @Test
  void namesWrongTypes() {
    Problem problem = problem("SELECT id\nFROM crm.contact WHERE at + true");
    assertThat(problem.code()).isEqualTo(ErrorCode.SQL_WRONG_TYPE);
    assertThat(problem.span()).map(Object::toString).contains("sql/leads.sql:2:24");
  }

  @Test
  void namesTheKnownParameters() {
    Problem problem = problem("SELECT :as_off AS x");
    assertThat(problem.code()).isEqualTo(ErrorCode.SQL_INVALID);
    assertThat(problem.what())
        .isEqualTo("sql/leads.sql uses parameter :as_off, which has no value");
    assertThat(problem.fix())
        .isEqualTo(
            "Known parameters: :as_of, :window_days. Add others under parameters in"
                + " conf/ripen.conf");
    assertThat(problem.span()).map(Object::toString).contains("sql/leads.sql:1:8");
  }

  @Test
  void namesUnknownFunctions() {
    Problem problem = problem("SELECT\n  no_such_function(id) AS x FROM crm.contact");
    assertThat(problem.code()).isEqualTo(ErrorCode.SQL_INVALID);
    assertThat(problem.what()).contains("no_such_function");
    assertThat(problem.span()).map(Object::toString).contains("sql/leads.sql:2:3");
  }

  @Test
  void letsFiltersAndColumnsReachParquet(@TempDir Path directory) {
    String path = directory.resolve("contact").toUri().toString();
    contact.write().parquet(path);
    Dataset<Row> parquet = session.read().parquet(path);
    compiler
        .compile(
            session,
            "sql/staging/stg.sql",
            "WITH c AS (SELECT id, at AS created_at, first_name FROM crm.contact) SELECT * FROM c",
            Map.of(),
            parts -> parquet)
        .createOrReplaceTempView("stg_pushdown");
    String plan =
        physical(
            compile(
                "SELECT id FROM stg_pushdown WHERE created_at < :as_of",
                Map.of("as_of", Instant.parse("2026-02-01T00:00:00Z"))));
    assertThat(plan)
        .contains("LessThan(at,2026-02-01T00:00:00Z)")
        .contains("ReadSchema: struct<id:string,at:timestamp>");
  }

  @Test
  void letsFiltersAndColumnsReachADatabase(@TempDir Path directory) throws SQLException {
    String url = "jdbc:duckdb:" + directory.resolve("w.duckdb");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE pages (id INTEGER, path VARCHAR, extra VARCHAR)");
      statement.execute("INSERT INTO pages VALUES (1, '/a', 'x'), (2, '/b', 'y')");
    }
    Dataset<Row> pages =
        session
            .read()
            .format("jdbc")
            .option("url", url)
            .option("driver", "org.duckdb.DuckDBDriver")
            .option("dbtable", "pages")
            .load();
    Dataset<Row> compiled =
        compiler.compile(
            session,
            "sql/events.sql",
            "SELECT id, path FROM w.pages WHERE id > :least",
            Map.of("least", 1),
            parts -> pages);
    assertThat(physical(compiled))
        .contains("*GreaterThan(id,1)")
        .contains("ReadSchema: struct<id:int,path:string>");
    assertThat(compiled.collectAsList().toString()).isEqualTo("[[2,/b]]");
  }

  private static String physical(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
        .queryExecution()
        .executedPlan()
        .toString();
  }

  private List<String> rows(String text, Map<String, Object> parameters) {
    return compile(text, parameters).collectAsList().stream().map(Object::toString).toList();
  }

  private Dataset<Row> compile(String text, Map<String, Object> parameters) {
    return compiler.compile(session, "sql/leads.sql", text, parameters, this::source);
  }

  private @Nullable Dataset<Row> source(List<String> parts) {
    return parts.equals(List.of("crm", "contact")) ? contact : null;
  }

  private Problem problem(String text) {
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () -> compile(text, Map.of("as_of", Instant.EPOCH, "window_days", 90)));
    assertThat(e).isNotNull();
    assertThat(e.problems()).hasSize(1);
    return e.problems().get(0);
  }
}
