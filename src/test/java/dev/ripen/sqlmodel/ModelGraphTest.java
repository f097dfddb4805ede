package dev.ripen.sqlmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.problem.ProblemException;
import dev.ripen.spark.SparkSqlReader;
import dev.ripen.sqlmodel.CheckResult.Status;
import dev.ripen.sqlmodel.SqlModel.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link ModelGraph} with the reader that it has in use. */
class ModelGraphTest {
  @TempDir Path project;

  @BeforeEach
  void writeASmallProject() throws IOException {
    write("staging/stg_contact", "contact", "SELECT id FROM warehouse.contact");
    write("staging/stg_pages", "page", "SELECT id, ts FROM Warehouse.PAGES");
    write("leads", "lead", "SELECT id AS lead_id FROM stg_contact");
    write("events", "event", "SELECT id AS event_id FROM stg_pages");
    write("identities", "visitor", "SELECT id AS visitor_id FROM stg_contact");
    write("scores", "lead", "SELECT lead_id FROM facts JOIN lead_extras USING (lead_id)");
    write("lead_extras", "lead", "WITH leads AS (SELECT * FROM leads) SELECT * FROM leads");
    write("crm/hub-spot", "contact", "SELECT lead_id FROM scores");
  }

  @Test
  void ordersModelsByWhatTheyRead() {
    assertThat(load().inOrder())
        .extracting(SqlModel::name)
        .containsExactly(
            "stg_contact",
            "identities",
            "leads",
            "lead_extras",
            "stg_pages",
            "events",
            "scores",
            "crm_hub_spot");
  }

  @Test
  void knowsPathLayerAndGrainOfAModel() {
    SqlModel model = load().model("crm_hub_spot");
    assertThat(model.path()).isEqualTo("sql/crm/hub-spot.sql");
    assertThat(model.layer()).isEqualTo(Layer.CRM);
    assertThat(model.grain()).isEqualTo("One row per contact: for the test.");
    assertThat(load().model("leads").layer()).isEqualTo(Layer.CANONICAL);
    assertThat(load().model("lead_extras").layer()).isEqualTo(Layer.OTHER);
  }

  @Test
  void knowsWhatAModelReadsThroughBuiltInTables() {
    assertThat(load().readBy("leads")).containsExactly("stg_contact", "warehouse.contact");
    assertThat(load().readBy("crm_hub_spot"))
        .containsExactly(
            "events",
            "facts",
            "identities",
            "lead_extras",
            "leads",
            "scores",
            "signals",
            "statuses",
            "stg_contact",
            "stg_pages",
            "warehouse.contact",
            "warehouse.pages");
  }

  @Test
  void peopleComeOfIdentityLinks() throws IOException {
    write("leads", "lead", "SELECT id AS lead_id FROM stg_contact JOIN people USING (id)");
    assertThat(problems())
        .containsExactly(
            "SQL_TABLE_NOT_FOUND sql/leads.sql:2:44 leads reads table `people`, which does not"
                + " exist");
    write("identity_links", "link", "SELECT id FROM stg_contact");
    ModelGraph graph = load();
    assertThat(graph.readBy("leads"))
        .containsExactly("identity_links", "people", "stg_contact", "warehouse.contact");
    assertThat(graph.inOrder().stream().map(SqlModel::name).toList())
        .containsSubsequence("identity_links", "leads");
    write("identity_links", "link", "SELECT lead_id FROM leads");
    assertThat(problems())
        .containsExactly(
            "SQL_CYCLE sql/identity_links.sql:2:21 models read each other in a circle:"
                + " identity_links reads leads reads people reads identity_links");
  }

  @Test
  void givesTheTextOfAModelAndAllThatItReads() {
    assertThat(load().closureText("leads"))
        .isEqualTo(
            """
            -- leads
            -- One row per lead: for the test.
            SELECT id AS lead_id FROM stg_contact

            -- stg_contact
            -- One row per contact: for the test.
            SELECT id FROM warehouse.contact
            """);
  }

  @Test
  void namesACircleWithItsPath() throws IOException {
    write("a", "row", "SELECT 1 AS x FROM b");
    write("b", "row", "SELECT 1 AS x FROM c");
    write("c", "row", "SELECT 1 AS x FROM a");
    write("d", "row", "SELECT 1 AS x\nFROM d");
    assertThat(problems())
        .containsExactly(
            "SQL_CYCLE sql/a.sql:2:20 models read each other in a circle:"
                + " a reads b reads c reads a",
            "SQL_CYCLE sql/d.sql:3:6 models read each other in a circle: d reads d");
  }

  @Test
  void aModelMayNotReadWhatIsMadeOfIt() throws IOException {
    write("leads", "lead", "SELECT lead_id FROM facts");
    assertThat(problems())
        .containsExactly(
            "SQL_CYCLE sql/leads.sql:2:21 models read each other in a circle:"
                + " facts reads leads reads facts");
  }

  @Test
  void suggestsTheTableThatWasMeant() throws IOException {
    write("lead_extras", "lead", "SELECT *\nFROM warehouse.contcat JOIN lead JOIN far_away");
    ProblemException e = failure();
    assertThat(problems())
        .containsExactly(
            "SQL_TABLE_NOT_FOUND sql/lead_extras.sql:3:6 lead_extras reads table"
                + " `warehouse.contcat`, which does not exist",
            "SQL_TABLE_NOT_FOUND sql/lead_extras.sql:3:29 lead_extras reads table `lead`, which"
                + " does not exist",
            "SQL_TABLE_NOT_FOUND sql/lead_extras.sql:3:39 lead_extras reads table `far_away`,"
                + " which does not exist");
    assertThat(e.problems().get(0).fix())
        .isEqualTo("did you mean warehouse.contact? Edit the line, then run: ripen check");
    assertThat(e.problems().get(0).span().orElseThrow().snippet())
        .isEqualTo("FROM warehouse.contcat JOIN lead JOIN far_away");
    assertThat(e.problems().get(1).fix())
        .isEqualTo("did you mean leads? Edit the line, then run: ripen check");
    assertThat(e.problems().get(2).fix())
        .isEqualTo("Write sql/far_away.sql, or edit the line, then run: ripen check");
  }

  @Test
  void saysWhichFilesAreMissing() throws IOException {
    Files.delete(project.resolve("sql/events.sql"));
    Files.delete(project.resolve("sql/crm/hub-spot.sql"));
    write("event", "event", "SELECT id AS event_id FROM stg_pages");
    assertThat(problems())
        .containsExactly(
            "SQL_TABLE_NOT_FOUND sql/crm/hub-spot.sql the model crm_hub_spot is missing",
            "SQL_TABLE_NOT_FOUND sql/events.sql the model events is missing");
    assertThat(failure().problems().get(1).fix())
        .startsWith("should the model event be called events? ");
  }

  @Test
  void statusesAreOptional() throws IOException {
    write("lead_extras", "lead", "SELECT lead_id FROM statuses");
    assertThat(load().model("lead_extras").parsed().relations()).hasSize(1);
  }

  @Test
  void neverSkipsAFile() throws IOException {
    Files.writeString(project.resolve("sql/notes.txt"), "x");
    Files.writeString(project.resolve("sql/.hidden"), "x");
    Files.createDirectories(project.resolve("sql/marts"));
    write("marts/x", "row", "SELECT 1 AS x");
    write("Big", "row", "SELECT 1 AS x");
    write("facts", "row", "SELECT 1 AS x");
    write("staging/leads", "row", "SELECT 1 AS x");
    write("crm/hubspot", "row", "SELECT 1 AS x");
    Files.createDirectories(project.resolve("sql/tests/leads/one"));
    Files.writeString(project.resolve("sql/tests/leads/one/expect.csv"), "x");
    assertThat(problems())
        .containsExactlyInAnyOrder(
            "SQL_FILE_UNEXPECTED sql/notes.txt sql/notes.txt fits no convention",
            "SQL_FILE_UNEXPECTED sql/marts/x.sql sql/marts/x.sql fits no convention",
            "SQL_FILE_UNEXPECTED sql/Big.sql sql/Big.sql fits no convention",
            "SQL_FILE_UNEXPECTED sql/facts.sql sql/facts.sql has the name of a built-in table",
            "SQL_FILE_UNEXPECTED sql/staging/leads.sql sql/staging/leads.sql gives a second model"
                + " the name leads",
            "SQL_FILE_UNEXPECTED sql/crm/hubspot.sql sql/crm/hubspot.sql belongs to no destination"
                + " of conf/ripen.conf");
  }

  @Test
  void collectsAllProblems() throws IOException {
    Files.writeString(project.resolve("sql/leads.sql"), "SELECT 1 1 1");
    Files.writeString(
        project.resolve("sql/identities.sql"),
        "-- identities\n-- @check unique()\n-- @check positive(x)\n-- @chekc unique(a)\nSELECT 1 x");
    assertThat(problems())
        .containsExactly(
            "SQL_HEADER sql/identities.sql:1:1 sql/identities.sql does not say in its first line"
                + " what one row is",
            "SQL_HEADER sql/identities.sql:2:4 sql/identities.sql has an annotation that ripen"
                + " does not know: @check unique()",
            "SQL_HEADER sql/identities.sql:3:4 sql/identities.sql has an annotation that ripen"
                + " does not know: @check positive(x)",
            "SQL_HEADER sql/identities.sql:4:4 sql/identities.sql has an annotation that ripen"
                + " does not know: @chekc unique(a)",
            "SQL_HEADER sql/leads.sql:1:1 sql/leads.sql does not say in its first line what one"
                + " row is",
            "SQL_NOT_PARSED sql/leads.sql:1:10 sql/leads.sql is not valid Spark SQL: Syntax error"
                + " at or near '1'.");
  }

  @Test
  void eventsMustBeRowLocalAlsoInStaging() throws IOException {
    write("staging/stg_pages", "page", "SELECT DISTINCT id\nFROM warehouse.pages");
    write("events", "event", "SELECT id\nFROM stg_pages\nJOIN stg_contact USING (id)");
    assertThat(problems())
        .containsExactly(
            "SQL_NOT_ROW_LOCAL sql/events.sql:4:1 events uses a join: a range of days would not"
                + " reach the source",
            "SQL_NOT_ROW_LOCAL sql/staging/stg_pages.sql:2:1 stg_pages, which events reads, uses"
                + " DISTINCT: a range of days would not reach the source");
  }

  @Test
  void readsChecksAndCountsThemInOneQuery() throws IOException {
    Files.writeString(
        project.resolve("sql/leads.sql"),
        """
        -- One row per lead
        -- @check unique(lead_id, email)
        --   @check  not_null( email )  warn
        -- @check between(score, -1.5, 100) block
        -- @check rows where score > 3  and is_empty is empty
        SELECT 1 AS lead_id
        """);
    SqlModel leads = load().model("leads");
    assertThat(CheckQuery.sql(leads))
        .isEqualTo(
            """
            SELECT count(*) AS `rows`,
              count(*) - count(DISTINCT struct(`lead_id`, `email`)) AS check_1,
              count_if(`email` IS NULL) AS check_2,
              count_if(NOT `score` BETWEEN -1.5 AND 100) AS check_3,
              count_if(score > 3  and is_empty) AS check_4
            FROM `leads`""");
    assertThat(CheckQuery.interpret(leads, List.of(10L, 0L, 2L, 3L, 0L)))
        .containsExactly(
            new CheckResult("unique(lead_id, email)", "leads", Status.PASSED, 0),
            new CheckResult("not_null( email )", "leads", Status.WARNED, 2),
            new CheckResult("between(score, -1.5, 100)", "leads", Status.FAILED, 3),
            new CheckResult(
                "rows where score > 3 and is_empty is empty", "leads", Status.PASSED, 0));
  }

  private ModelGraph load() {
    return ModelGraph.load(
        project,
        new SparkSqlReader(),
        Set.of("warehouse.contact", "warehouse.pages"),
        CanonicalTables.BUILT_IN,
        Set.of("hub-spot"));
  }

  private ProblemException failure() {
    ProblemException e = catchThrowableOfType(ProblemException.class, this::load);
    assertThat(e).isNotNull();
    return e;
  }

  private List<String> problems() {
    return failure().problems().stream()
        .map(p -> p.code() + " " + p.span().orElseThrow() + " " + p.what())
        .toList();
  }

  private void write(String name, String grain, String sql) throws IOException {
    Path file = project.resolve("sql/" + name + ".sql");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "-- One row per " + grain + ": for the test.\n" + sql + "\n");
  }
}
