package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.problem.ProblemException;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class ModelCasesTest {
  private static final Map<String, StructType> SOURCES =
      Map.of(
          "Crm.Contact",
          StructType.fromDDL(
              "id BIGINT NOT NULL, mail STRING, created TIMESTAMP, tags ARRAY<INT>"));

  private static final Map<String, Object> PARAMETERS =
      Map.of("as_of", Instant.parse("2026-11-20T06:00:00Z"), "least", 1);

  @TempDir Path project;
  private final SparkSession session = SparkTestSession.create();

  @BeforeEach
  void writeAProject() throws IOException {
    model("stg_contact", "SELECT CAST(id AS STRING) AS lead_id, mail, created FROM crm.contact");
    model(
        "leads",
        "SELECT lead_id, nullif(lower(trim(mail)), '') AS email, created AS created_at,"
            + " mail IS NULL AS no_mail, 1.50 AS amount, array(lead_id) AS ids FROM stg_contact"
            + " WHERE created < :as_of AND CAST(lead_id AS INT) >= :least ORDER BY lead_id");
    model(
        "events",
        "SELECT mail AS event_id, mail AS visitor_id, created AS occurred_at,"
            + " mail AS event_type FROM crm.contact");
    model("identities", "SELECT mail AS visitor_id, lead_id FROM stg_contact");
    model(
        "scores",
        "SELECT f.lead_id, f.points AS score, s.status IS NOT NULL AS is_mql FROM facts f"
            + " LEFT JOIN statuses s ON s.lead_id = f.lead_id");
  }

  @Test
  void comparesOnlyTheColumnsThatAreNamed() throws IOException {
    write("leads/plain/given_stg_contact.csv", "lead_id,mail,created\n1, A@B.c ,2026-01-01\n");
    write("leads/plain/expect.csv", "email,created_at\na@b.c,2026-01-01 00:00:00\n");
    assertThat(run()).containsExactly(new ModelCaseResult("leads", "plain", true, ""));
  }

  @Test
  void makesWhatIsNotGivenOutOfWhatIs() throws IOException {
    write(
        "leads/source/given_crm.contact.csv",
        "id,mail,created\n2,,2026-01-01\n1,\"\",2026-01-01\n");
    write(
        "leads/source/expect.csv",
        """
        lead_id,email,no_mail,amount,ids
        1,,false,1.5,"[""1""]"
        2,,true,1.50,"[""2""]"
        """);
    write("leads/source/case.conf", "ordered = true");
    write("leads/empty/expect.csv", "lead_id\n");
    assertThat(run()).extracting(ModelCaseResult::message).containsExactly("", "");
  }

  @Test
  void arraysAreGivenAndExpectedAsJson() throws IOException {
    model("tags", "SELECT id, tags, get(tags, 0) AS tag FROM crm.contact");
    write("tags/json/given_crm.contact.csv", "id,tags\n1,\"[7, 8]\"\n2,[]\n3,\n");
    write("tags/json/expect.csv", "id,tags,tag\n1,\"[7,8]\",7\n2,[],\n3,,\n");
    assertThat(run()).extracting(ModelCaseResult::message).containsExactly("");
  }

  @Test
  void makesPeopleOfIdentityLinks() throws IOException {
    model(
        "identity_links",
        "SELECT 'crm:' || id AS id, 'email:' || mail AS other_id, created AS seen_at"
            + " FROM crm.contact");
    model(
        "identities",
        "SELECT id AS visitor_id, person_id AS lead_id FROM people WHERE id LIKE 'crm%'");
    write(
        "identities/model/given_crm.contact.csv",
        "id,mail,created\n2,a@x,2026-01-01\n1,a@x,2026-01-01\n3,,2026-01-01\n4,a@x,2027-01-01\n");
    write(
        "identities/model/expect.csv",
        "visitor_id,lead_id\ncrm:1,email:a@x\ncrm:2,email:a@x\ncrm:3,crm:3\n");
    write(
        "identities/links/given_identity_links.csv",
        "id,other_id,seen_at\ncrm:7,crm:8,\ncrm:9,,2026-01-01\nno id,crm:6,\n");
    write(
        "identities/links/expect.csv",
        "visitor_id,lead_id\ncrm:6,crm:6\ncrm:7,crm:7\ncrm:8,crm:7\ncrm:9,crm:9\n");
    write("identities/people/given_people.csv", "id,person_id\ncrm:1,5\n");
    write("identities/people/expect.csv", "visitor_id,lead_id\ncrm:1,5\n");
    write("identities/none/expect.csv", "visitor_id,lead_id\n");
    assertThat(run()).extracting(ModelCaseResult::message).containsOnly("");
  }

  @Test
  void aCaseHasItsOwnTimeAndParameters() throws IOException {
    write(
        "leads/time/given_stg_contact.csv",
        "lead_id,created\n1,2026-01-01\n5,2025-01-01\n4,2025-01-01\n");
    write(
        "leads/time/case.conf", "as_of = \"2025-06-01T00:00:00+02:00\"\nparameters { least = 5 }");
    write("leads/time/expect.csv", "lead_id\n5\n");
    assertThat(run()).extracting(ModelCaseResult::message).containsExactly("");
  }

  @Test
  void showsMissingAndUnexpectedRows() throws IOException {
    write(
        "leads/diff/given_stg_contact.csv",
        "lead_id,mail,created\n1,a,2026-01-01\n1,a,2026-01-01\n22,,2026-01-01\n");
    write("leads/diff/expect.csv", "lead_id,email\n1,a\n22,\"\"\n333,x\n");
    write("leads/order/given_stg_contact.csv", "lead_id,created\n1,2026-01-01\n2,2026-01-01\n");
    write("leads/order/expect.csv", "lead_id\n2\n1\n");
    write("leads/order/case.conf", "ordered = true");
    assertThat(run())
        .containsExactly(
            new ModelCaseResult(
                "leads",
                "diff",
                false,
                """
                expected 3 rows, got 3: 2 missing (-), 2 unexpected (+)
                    lead_id | email
                  + 1       | a
                  + 22      |
                  - 22      | ""
                  - 333     | x"""),
            new ModelCaseResult(
                "leads",
                "order",
                false,
                """
                expected 2 rows, got 2: they differ first in row 1
                    lead_id
                  + 1
                  - 2"""));
  }

  @Test
  void tablesOfOneCaseAreNotSeenByTheNext() throws IOException {
    write("scores/a/given_facts.csv", "lead_id,points\n1,5\n");
    write("scores/a/given_statuses.csv", "lead_id,status\n1,recycled\n");
    write("scores/a/expect.csv", "lead_id,score,is_mql\n1,5,true\n");
    write("scores/b/expect.csv", "lead_id\n");
    write("scores/c/given_facts.csv", "lead_id,points\n1,5\n");
    write("scores/c/expect.csv", "is_mql\nfalse\n");
    assertThat(run()).extracting(ModelCaseResult::message).containsExactly("", "", "");
  }

  @Test
  void saysWhatIsWrongWithACase() throws IOException {
    write("leads/a/given_stg_contact.csv", "lead_id,created\n1,yesterday\n");
    write("leads/a/expect.csv", "lead_id\n1\n");
    write("leads/b/given_stg_contact.csv", "lead_id,mial\n1,x\n");
    write("leads/b/expect.csv", "lead_id\n1\n");
    write("leads/c/expect.csv", "lead_id,emial\n1,x\n");
    write("leads/d/given_crm.contact.csv", "id,tags\n1,[x]\n");
    write("leads/d/expect.csv", "lead_id\n1\n");
    write("leads/e/given_stg_contact.csv", "lead_id,created\nx,2026-01-01\n");
    write("leads/e/expect.csv", "lead_id\n1\n");
    List<String> messages = run().stream().map(ModelCaseResult::message).toList();
    assertThat(messages.subList(0, 4))
        .containsExactly(
            """
            sql/tests/leads/a/given_stg_contact.csv:2:1: sql/tests/leads/a/given_stg_contact.csv has\
             a value in column `created` that is no TIMESTAMP: yesterday
              fix: Edit the line, then run: ripen test""",
            """
            sql/tests/leads/b/given_stg_contact.csv:1:1: sql/tests/leads/b/given_stg_contact.csv\
             names column `mial`, which the table does not have
              fix: did you mean mail? Columns: created, lead_id, mail""",
            "sql/tests/leads/c/expect.csv names column `emial`, which leads does not have;"
                + " did you mean email?",
            """
            sql/tests/leads/d/given_crm.contact.csv:2:1: sql/tests/leads/d/given_crm.contact.csv\
             has a value in column `tags` that is no ARRAY<INT>: [x]
              fix: Edit the line, then run: ripen test""");
    assertThat(messages.get(4))
        .startsWith("the query failed: The value 'x' of the type \"STRING\"");
  }

  @Test
  void neverSkipsAFile() throws IOException {
    write("readme.txt", "x");
    write("rules/one/events.csv", "x");
    write("lead/one/expect.csv", "x\n");
    write("leads/note.txt", "x");
    write("leads/one/given_stg_contct.csv", "x\n");
    write("leads/one/expected.csv", "x\n");
    write("leads/two/given_stg_contact.csv", "lead_id\n");
    write("leads/three/expect.csv", "");
    write("leads/four/expect.csv", "x\n");
    write("leads/four/case.conf", "asof = 3");
    write("leads/five/expect.csv", "x\n");
    write("leads/five/case.conf", "as_of = \"2026-01-01\"");
    ProblemException e = catchThrowableOfType(ProblemException.class, this::run);
    assertThat(e.problems())
        .extracting(p -> p.code() + " " + p.span().orElseThrow() + " " + p.what())
        .containsExactly(
            "SQL_FILE_UNEXPECTED sql/tests/lead sql/tests/lead is named after no model",
            "CONFIG_INVALID_VALUE sql/tests/leads/five/case.conf:1"
                + " sql/tests/leads/five/case.conf has a as_of that is no instant: 2026-01-01",
            "CONFIG_UNKNOWN_KEY sql/tests/leads/four/case.conf:1 sql/tests/leads/four/case.conf has"
                + " an unknown key: asof",
            "SQL_FILE_UNEXPECTED sql/tests/leads/note.txt sql/tests/leads/note.txt fits no"
                + " convention",
            "SQL_FILE_UNEXPECTED sql/tests/leads/one/expected.csv"
                + " sql/tests/leads/one/expected.csv fits no convention",
            "SQL_FILE_UNEXPECTED sql/tests/leads/one/given_stg_contct.csv"
                + " sql/tests/leads/one/given_stg_contct.csv gives a table that leads does not"
                + " read",
            "DATA_INVALID sql/tests/leads/three/expect.csv sql/tests/leads/three/expect.csv is"
                + " empty",
            "SQL_FILE_UNEXPECTED sql/tests/leads/two sql/tests/leads/two has no expect.csv",
            "SQL_FILE_UNEXPECTED sql/tests/readme.txt sql/tests/readme.txt fits no convention");
    assertThat(e.problems().get(0).fix()).startsWith("did you mean leads? ");
    assertThat(e.problems().get(5).fix()).startsWith("did you mean stg_contact? ");
  }

  @Test
  void writesResultsForBuildServers() {
    assertThat(
            ModelCaseXml.write(
                List.of(
                    ModelCaseResult.passed("leads", "a"),
                    ModelCaseResult.failed("events", "b", "1 < 2 & \"x\"\n\u0001"))))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites tests="2" failures="1" errors="0">
              <testsuite name="events" tests="1" failures="1" errors="0">
                <testcase classname="sql.tests.events" name="b">
                  <failure message="1 &lt; 2 &amp; &quot;x&quot;">1 &lt; 2 &amp; &quot;x&quot;
            \uFFFD</failure>
                </testcase>
              </testsuite>
              <testsuite name="leads" tests="1" failures="0" errors="0">
                <testcase classname="sql.tests.leads" name="a"/>
              </testsuite>
            </testsuites>
            """);
  }

  private List<ModelCaseResult> run() {
    ModelGraph graph =
        ModelGraph.load(
            project,
            new SparkSqlReader(),
            Set.of("Crm.Contact"),
            CanonicalTables.BUILT_IN,
            Set.of());
    BuiltIns extras =
        s -> {
          ModelAnalyzer.empty(s, StructType.fromDDL("lead_id STRING, points INT"))
              .createOrReplaceTempView("facts");
          ModelAnalyzer.empty(s, PeopleRows.VIEW_TYPE).createOrReplaceTempView("people");
        };
    ModelAnalysis analysis = new ModelAnalyzer(session, PARAMETERS).analyze(graph, SOURCES, extras);
    assertThat(analysis.problems()).isEmpty();
    return ModelCases.load(session, project, graph, SOURCES, analysis, PARAMETERS, extras).run();
  }

  private void model(String name, String sql) throws IOException {
    Path file = project.resolve("sql/" + name + ".sql");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "-- One row per thing\n" + sql + "\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = project.resolve("sql/tests/" + path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
