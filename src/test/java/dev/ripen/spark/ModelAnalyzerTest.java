package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.CheckQuery;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class ModelAnalyzerTest {
  private static final Set<String> SOURCES = Set.of("warehouse.contact", "warehouse.pages");

  @TempDir Path project;
  private final SparkSession session = SparkTestSession.create();
  private final ModelAnalyzer analyzer = new ModelAnalyzer(session, Map.of("as_of", Instant.EPOCH));

  @BeforeEach
  void writeAProject() throws IOException {
    write(
        "conf/schemas/warehouse.contact.ddl",
        "-- contacts\nid BIGINT\nmail STRING, -- may be null\ncreated TIMESTAMP\n`odd name` INT\n");
    write("conf/schemas/warehouse.pages.ddl", "id STRING\nanonymous_id STRING\nts TIMESTAMP_NTZ\n");
    model(
        "staging/stg_contact",
        "SELECT CAST(id AS STRING) AS lead_id, mail AS email, created AS created_at"
            + " FROM warehouse.contact");
    model(
        "leads",
        "-- @check unique(lead_id)\nSELECT lead_id, email, created_at FROM stg_contact"
            + " WHERE created_at < :as_of");
    model(
        "events",
        "SELECT id AS event_id, anonymous_id AS visitor_id, CAST(ts AS TIMESTAMP) AS occurred_at,"
            + " 'page' AS event_type FROM WAREHOUSE.PAGES");
    model("identities", "SELECT anonymous_id AS visitor_id, id AS lead_id FROM warehouse.pages");
    model(
        "scores",
        "SELECT f.lead_id, total(f.points) AS score, true AS is_mql FROM facts f"
            + " LEFT JOIN statuses s ON s.lead_id = f.lead_id");
    model("crm/hubspot", "SELECT lead_id, score AS mql_score FROM scores");
  }

  @Test
  void findsTheColumnsOfEveryModel() {
    ModelAnalysis analysis = analyze();
    assertThat(analysis.problems()).isEmpty();
    assertThat(analysis.notChecked()).isEmpty();
    assertThat(analysis.schemas().get("crm_hubspot").toDDL())
        .isEqualTo("lead_id STRING,mql_score BIGINT");
    assertThat(analysis.schemas())
        .containsOnlyKeys(
            "crm_hubspot", "events", "identities", "lead_scores", "leads", "scores", "stg_contact");
  }

  @Test
  void aModelThatReadsABrokenOneIsNotChecked() throws IOException {
    model("staging/stg_contact", "SELECT idd AS lead_id FROM warehouse.contact");
    model("events", "SELECT id AS event_id\nFROM warehouse.pages WHERE nope");
    ModelAnalysis analysis = analyze();
    assertThat(texts(analysis.problems()))
        .containsExactly(
            "SQL_COLUMN_NOT_FOUND sql/events.sql:3:28 sql/events.sql reads column `nope`, which the"
                + " tables it reads there do not have",
            "SQL_COLUMN_NOT_FOUND sql/staging/stg_contact.sql:2:8 sql/staging/stg_contact.sql reads"
                + " column `idd`, which the tables it reads there do not have");
    assertThat(analysis.notChecked()).containsExactly("leads");
  }

  @Test
  void canonicalModelsNeedTheirColumns() throws IOException {
    model("leads", "SELECT lead_id, email AS mail, created_at AS createdat FROM stg_contact");
    model("crm/hubspot", "SELECT score AS mql_score FROM scores");
    ModelAnalysis analysis = analyze();
    assertThat(texts(analysis.problems()))
        .containsExactly(
            "SQL_MISSING_COLUMN sql/leads.sql leads has no column `email`, which ripen reads",
            "SQL_MISSING_COLUMN sql/leads.sql leads has no column `created_at`, which ripen reads",
            "SQL_MISSING_COLUMN sql/crm/hubspot.sql crm_hubspot has no column `lead_id`, which"
                + " ripen reads");
    assertThat(analysis.problems())
        .extracting(Problem::fix)
        .containsExactly(
            "Should `mail` be called email?",
            "Should `createdat` be called created_at?",
            "Add it to the SELECT, as STRING");
  }

  @Test
  void aModelHasNoColumnTwice() throws IOException {
    model(
        "crm/hubspot",
        "SELECT s.lead_id, l.*\nFROM scores s JOIN leads l ON l.lead_id = s.lead_id");
    assertThat(texts(analyze().problems()))
        .containsExactly(
            "SQL_INVALID sql/crm/hubspot.sql:3:33 crm_hubspot has two columns `lead_id`");
  }

  @Test
  void showsTheCastToWrite() throws IOException {
    model(
        "events",
        "SELECT id AS event_id, anonymous_id AS visitor_id,\n  ts AS occurred_at,"
            + " 'page' AS event_type FROM warehouse.pages");
    model(
        "statuses",
        "SELECT '1' AS lead_id, 'x' AS status, TIMESTAMP'2026-01-01' AS occurred_at,"
            + " NULL AS reason, 'a' AS amount");
    ModelAnalysis analysis = analyze();
    assertThat(texts(analysis.problems()))
        .containsExactly(
            "SQL_WRONG_TYPE sql/events.sql:3:9 events.occurred_at is TIMESTAMP_NTZ, but must be"
                + " TIMESTAMP",
            "SQL_WRONG_TYPE sql/statuses.sql:2:85 statuses.reason is VOID, but must be STRING",
            "SQL_WRONG_TYPE sql/statuses.sql:2:100 statuses.amount is STRING, but must be a"
                + " number");
    assertThat(analysis.problems().get(0).fix())
        .startsWith("Write: CAST(occurred_at AS TIMESTAMP) AS occurred_at.");
    assertThat(analysis.problems().get(1).fix())
        .isEqualTo("Write: CAST(reason AS STRING) AS reason");
  }

  @Test
  void checksAreAnalysedInTheirOwnPlace() throws IOException {
    model(
        "leads",
        """
        -- @check unique(lead_id)
        -- @check not_null(emial) warn
        -- @check rows where email > is empty
        SELECT lead_id, email, created_at FROM stg_contact""");
    assertThat(analyze().problems())
        .extracting(p -> p.code() + " " + p.span().orElseThrow())
        .containsExactly(
            "SQL_COLUMN_NOT_FOUND sql/leads.sql:3:11", "SQL_NOT_PARSED sql/leads.sql:4:11");
    assertThat(analyze().problems().get(0).fix())
        .isEqualTo("did you mean `email`? Edit the line, then run: ripen check");
  }

  @Test
  void countsTheRowsThatFailAllChecksInOneQuery() throws IOException {
    model(
        "leads",
        """
        -- @check unique(lead_id, email)
        -- @check not_null(email)
        -- @check between(n, 0, 10)
        -- @check rows where n > 10 OR email = 'x' is empty warn
        SELECT lead_id, email, created_at, 1 AS n FROM stg_contact""");
    SqlModel leads = load().model("leads");
    session
        .sql(
            "SELECT * FROM VALUES ('1', NULL, 5), ('1', NULL, 11), ('1', 'x', NULL), ('2', 'y', -1)"
                + " AS t(lead_id, email, n)")
        .createOrReplaceTempView("leads");
    Row row =
        new SqlCompiler()
            .compile(session, leads.path(), CheckQuery.sql(leads), Map.of(), parts -> null)
            .collectAsList()
            .get(0);
    assertThat(row).hasToString("[4,1,2,2,2]");
  }

  @Test
  void schemasAreNeededForEverySourceTable() throws IOException {
    Files.move(
        project.resolve("conf/schemas/warehouse.pages.ddl"),
        project.resolve("conf/schemas/warehouse.page.ddl"));
    write("conf/schemas/warehouse.contact.ddl", "id BIGINT\nmail\ncreated TIMSTAMP\n");
    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> ModelSchemas.load(project, SOURCES));
    assertThat(texts(e.problems()))
        .containsExactly(
            "SOURCE_INVALID conf/schemas/warehouse.contact.ddl:2:1"
                + " conf/schemas/warehouse.contact.ddl has a line that is not `name TYPE`: mail",
            "SOURCE_INVALID conf/schemas/warehouse.contact.ddl:3:1"
                + " conf/schemas/warehouse.contact.ddl has a line that is not `name TYPE`:"
                + " created TIMSTAMP",
            "SOURCE_INVALID conf/schemas/warehouse.pages.ddl the columns of warehouse.pages are not"
                + " known: conf/schemas/warehouse.pages.ddl is missing");
    assertThat(e.problems().get(2).fix())
        .isEqualTo(
            "Is it conf/schemas/warehouse.page.ddl? Rename that file. Or run: ripen check --live"
                + " (it writes conf/schemas)");
  }

  @Test
  void writesSchemasThatItReads() throws IOException {
    Map<String, StructType> schemas = ModelSchemas.load(project, SOURCES);
    ModelSchemas.writeSchemas(project, schemas);
    assertThat(Files.readString(project.resolve("conf/schemas/warehouse.contact.ddl")))
        .isEqualTo("id BIGINT\nmail STRING\ncreated TIMESTAMP\n`odd name` INT\n");
    assertThat(ModelSchemas.load(project, SOURCES)).isEqualTo(schemas);
  }

  @Test
  void predicatesMustBeTrueOrFalse() {
    StructType events = StructType.fromDDL("event_type STRING, is_pricing BOOLEAN, n INT");
    String place = "conf/scoring.conf: rule pricing";
    assertThat(analyzer.analyzePredicate(place, "event_type = 'page' AND NOT is_pricing", events))
        .isEmpty();
    assertThat(predicate("event_typ = 'x'", events))
        .isEqualTo(
            "SQL_COLUMN_NOT_FOUND conf/scoring.conf: rule pricing:1:1 conf/scoring.conf: rule"
                + " pricing reads column `event_typ`, which the tables it reads there do not have");
    assertThat(predicate("n", events))
        .isEqualTo(
            "SQL_WRONG_TYPE conf/scoring.conf: rule pricing:1 conf/scoring.conf: rule pricing is"
                + " INT, not true or false: n");
    assertThat(predicate("count(*) > 3", events)).contains("uses the aggregate count()");
    assertThat(predicate("n IN (SELECT 1)", events)).contains("uses a subquery");
    assertThat(predicate("n = = 1", events)).startsWith("SQL_NOT_PARSED");
    assertThat(analyzer.analyzeNumber(place, "n * 1.5", events)).isEmpty();
    assertThat(analyzer.analyzeNumber(place, "event_type", events)).isPresent();
  }

  private String predicate(String expression, StructType columns) {
    return texts(
            analyzer
                .analyzePredicate("conf/scoring.conf: rule pricing", expression, columns)
                .stream()
                .toList())
        .get(0);
  }

  private ModelAnalysis analyze() {
    ModelGraph graph =
        ModelGraph.load(
            project, new SparkSqlReader(), SOURCES, CanonicalTables.BUILT_IN, Set.of("hubspot"));
    return analyzer.analyze(
        graph,
        ModelSchemas.load(project, SOURCES),
        s -> {
          ModelAnalyzer.empty(s, StructType.fromDDL("lead_id STRING, points INT"))
              .createOrReplaceTempView("facts");
          s.udf()
              .register(
                  "total",
                  (Integer points) -> points.longValue(),
                  org.apache.spark.sql.types.DataTypes.LongType);
        });
  }

  private ModelGraph load() {
    return ModelGraph.load(
        project, new SparkSqlReader(), SOURCES, CanonicalTables.BUILT_IN, Set.of("hubspot"));
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream()
        .map(p -> p.code() + " " + p.span().orElseThrow() + " " + p.what())
        .toList();
  }

  private void model(String name, String sql) throws IOException {
    write("sql/" + name + ".sql", "-- One row per thing\n" + sql + "\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = project.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
