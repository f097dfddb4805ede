package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sqlmodel.SqlReader.Obstacle;
import dev.ripen.sqlmodel.SqlReader.ParsedSql;
import dev.ripen.sqlmodel.SqlReader.Relation;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class SparkSqlReaderTest {
  private final SparkSqlReader reader = new SparkSqlReader();

  @Test
  void readsTablesParametersAndColumns() {
    ParsedSql sql =
        reader.parse(
            "sql/a.sql",
            """
            -- One row per lead
            SELECT l.lead_id, upper(c.name) AS name, l.email
            FROM leads l
            JOIN warehouse.contact c ON c.id = l.lead_id
            WHERE l.created_at < :as_of AND l.score > :least AND c.at < :as_of
            """);
    assertThat(sql)
        .isEqualTo(
            new ParsedSql(
                List.of(
                    new Relation(List.of("leads"), 3, 6),
                    new Relation(List.of("warehouse", "contact"), 4, 6)),
                List.of("as_of", "least"),
                List.of("lead_id", "name", "email"),
                List.of(new Obstacle("a join", 4, 1))));
  }

  @Test
  void aCteHidesANameOnlyAfterItsOwnDefinition() {
    assertThat(tables("WITH leads AS (SELECT * FROM leads) SELECT * FROM leads"))
        .containsExactly("leads");
    assertThat(tables("WITH a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM a, b"))
        .containsExactly("b");
    assertThat(tables("WITH A AS (SELECT 1 AS x) SELECT * FROM a")).isEmpty();
  }

  @Test
  void aNestedCteHidesANameOnlyInItsOwnQuery() {
    assertThat(
            tables(
                "SELECT * FROM (WITH leads AS (SELECT * FROM raw) SELECT * FROM leads) x"
                    + " JOIN leads y"))
        .containsExactly("raw", "leads");
  }

  @Test
  void findsTablesInSubqueriesOfExpressions() {
    assertThat(
            tables(
                "WITH t AS (SELECT 1 AS x) SELECT (SELECT max(x) FROM t), (SELECT max(y) FROM u)"
                    + " FROM v WHERE EXISTS (SELECT 1 FROM w WHERE w.id = v.id)"
                    + " AND v.id IN (WITH w AS (SELECT id FROM z) SELECT id FROM w)"))
        .containsExactly("u", "v", "w", "z");
  }

  @Test
  void aCteIsNotMistakenForASourceTable() {
    assertThat(tables("WITH contact AS (SELECT 1 AS x) SELECT * FROM crm.contact, contact"))
        .containsExactly("crm.contact");
  }

  @Test
  void aRecursiveCteHidesItsOwnName() {
    assertThat(
            tables(
                "WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n WHERE x < 3)"
                    + " SELECT * FROM n"))
        .isEmpty();
  }

  @Test
  void looksThroughCtesForTheColumns() {
    assertThat(
            reader
                .parse(
                    "a.sql",
                    "WITH a AS (SELECT lead_id, score FROM x), b AS (SELECT *, 1 AS n FROM a)"
                        + " SELECT * FROM b ORDER BY n LIMIT 3")
                .outputs())
        .containsExactly("lead_id", "score", "n");
    assertThat(reader.parse("a.sql", "SELECT *, 1 AS n, upper(x) FROM t").outputs())
        .containsExactly("*", "n", "*");
  }

  @Test
  void aUnionOfFilteredTablesIsRowLocal() {
    assertThat(
            reader
                .parse(
                    "events.sql",
                    "WITH p AS (SELECT id, try_cast(at AS TIMESTAMP) AS at FROM w.pages WHERE ok)"
                        + " SELECT * FROM p UNION ALL SELECT id, at FROM w.tracks")
                .rowLocal())
        .isTrue();
  }

  @Test
  void namesWhatIsNotRowLocal() {
    assertThat(obstacles("SELECT DISTINCT a FROM t")).containsExactly("DISTINCT");
    assertThat(obstacles("SELECT count(*) FROM t")).containsExactly("the aggregate count()");
    assertThat(obstacles("SELECT a FROM t GROUP BY a")).containsExactly("GROUP BY");
    assertThat(obstacles("SELECT row_number() OVER (ORDER BY a) FROM t"))
        .containsExactly("a window");
    assertThat(obstacles("SELECT a FROM t LIMIT 3")).containsExactly("LIMIT");
    assertThat(obstacles("SELECT a FROM t WHERE a IN (SELECT b FROM u)"))
        .containsExactly("a subquery");
    assertThat(obstacles("SELECT a FROM t UNION SELECT a FROM u")).containsExactly("DISTINCT");
    assertThat(obstacles("SELECT t.a FROM t, u")).containsExactly("a join");
  }

  @Test
  void knowsEveryAggregateOfThisSpark() {
    TreeSet<String> aggregates = new TreeSet<>();
    CollectionConverters.asJava(FunctionRegistry$.MODULE$.expressions())
        .forEach(
            (name, function) -> {
              if (function._1().getGroup().equals("agg_funcs")) {
                aggregates.add(name);
              }
            });
    assertThat(new TreeSet<>(SqlAggregates.NAMES)).isEqualTo(aggregates);
  }

  @Test
  void saysWhereATextDoesNotParse() {
    Problem problem = problem("SELECT lead_id\nFROM leads WHERE x = = 1");
    assertThat(problem.code()).isEqualTo(ErrorCode.SQL_NOT_PARSED);
    assertThat(problem.what())
        .isEqualTo("sql/a.sql is not valid Spark SQL: Syntax error at or near '='.");
    assertThat(problem.span()).map(Object::toString).contains("sql/a.sql:2:22");
    assertThat(problem.span().orElseThrow().snippet()).isEqualTo("FROM leads WHERE x = = 1");
  }

  @Test
  void refusesWhatIsNotOneSelect() {
    assertThat(problem("CREATE TABLE x (a INT)").what()).isEqualTo("sql/a.sql is not one SELECT");
    assertThat(problem("DROP TABLE x").code()).isEqualTo(ErrorCode.SQL_NOT_PARSED);
    assertThat(problem("INSERT INTO x SELECT 1").code()).isEqualTo(ErrorCode.SQL_NOT_PARSED);
    assertThat(problem("SELECT 1; SELECT 2").code()).isEqualTo(ErrorCode.SQL_NOT_PARSED);
    assertThat(problem("BEGIN SELECT 1; END").code()).isEqualTo(ErrorCode.SQL_NOT_PARSED);
    assertThat(problem("-- nothing").code()).isEqualTo(ErrorCode.SQL_NOT_PARSED);
  }

  @Test
  void allowsASemicolonAtTheEnd() {
    assertThat(tables("SELECT * FROM a;\n")).containsExactly("a");
  }

  @Test
  void refusesComputedNames() {
    assertThat(problem("SELECT * FROM IDENTIFIER(:t)").what())
        .isEqualTo(
            "sql/a.sql uses IDENTIFIER(…), which hides the tables and columns that it reads");
    assertThat(problem("SELECT IDENTIFIER(:c) FROM a").code()).isEqualTo(ErrorCode.SQL_NOT_PARSED);
  }

  @Test
  void refusesOldVersionsOfTables() {
    assertThat(problem("SELECT *\nFROM w.pages VERSION AS OF 3").what())
        .isEqualTo("sql/a.sql reads a table as it was (AS OF), which ripen does not support");
  }

  @Test
  void explainsIntervalsOfParameters() {
    assertThat(problem("SELECT :as_of - INTERVAL :n DAY AS x").fix())
        .startsWith("INTERVAL takes no parameter: write make_dt_interval(:days).");
  }

  private List<String> tables(String text) {
    return reader.parse("sql/a.sql", text).relations().stream()
        .map(relation -> String.join(".", relation.parts()))
        .toList();
  }

  private List<String> obstacles(String text) {
    return reader.parse("sql/a.sql", text).obstacles().stream().map(Obstacle::what).toList();
  }

  private Problem problem(String text) {
    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> reader.parse("sql/a.sql", text));
    assertThat(e).isNotNull();
    assertThat(e.problems()).hasSize(1);
    return e.problems().get(0);
  }
}
