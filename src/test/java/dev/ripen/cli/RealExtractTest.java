package dev.ripen.cli;

import static dev.ripen.testing.TestProjects.portSetting;
import static dev.ripen.testing.TestProjects.writeRequests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.ripen.problem.ExitCode;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.testing.TestProjects;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/**
 * From a real extract in a real PostgreSQL to the fields in the built-in CRM. The extract is not
 * part of this repository: it lies beside the checkout, or where the property {@code ripen.shared}
 * says.
 */
@Tag("spark")
final class RealExtractTest {
  private static final String MERGED = "78971951";
  private static final String VISITS_PRICING_TWICE = "36842001";
  private static final String READS_MUCH = "55703851";
  private static final String UNSUBSCRIBES = "74075201";
  private static final String COMES_TOMORROW = "48722101";

  @TempDir Path temporary;
  private EmbeddedPostgres postgres;
  private SandboxServer crm;
  private Path project;

  @BeforeEach
  void start() throws IOException, SQLException {
    Path extract = extract();
    project = TestProjects.copy("extract", temporary);
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql("extract-tables.sql"));
      try (Reader csv = Files.newBufferedReader(extract)) {
        long rows =
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY hubspot.contact FROM STDIN WITH (FORMAT csv, HEADER)", csv);
        assertThat(rows).isEqualTo(22);
      }
      statement.execute(sql("extract-events.sql"));
      crm = TestProjects.sandbox(project, contacts(statement));
    }
  }

  @AfterEach
  void stop() throws IOException {
    if (crm != null) {
      crm.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void scoresNineteenPeopleAndTellsTheCrmOnce() {
    assertThat(crm.contactCount()).isEqualTo(19);
    TestRun first = new TestRun(project, postgresPort(), portSetting(crm));
    assertThat(first.run()).isEqualTo(ExitCode.DONE);

    assertThat(first.report().leads).isEqualTo(19);
    assertThat(first.report().scored).isEqualTo(19);
    assertThat(first.report().mqls).isEqualTo(1);
    assertThat(first.messages()).contains("19 people", "3 rows merged");
    assertThat(scores(first)).isEqualTo(expectedScores());
    assertThat(createdAt(first)).isEqualTo("2020-10-08T21:13:55Z");
    assertThat(mqlFields(MERGED))
        .isEqualTo(
            Map.of(
                "mql", "true",
                "mql_level", "warm",
                "mql_at", "2021-04-05T09:33:00.000Z",
                "first_mql_at", "2021-04-05T09:33:00.000Z",
                "mql_score", "50",
                "mql_reasons",
                    "Signed up +25, Visited pricing +15, Company known +15, Viewed a page (2×) +10",
                "lifecyclestage", "marketingqualifiedlead"));
    assertThat(mqlFields(UNSUBSCRIBES))
        .containsEntry("mql", "false")
        .containsEntry("mql_score", "-5")
        .containsEntry("mql_level", "cold")
        .doesNotContainKeys("mql_at", "first_mql_at", "lifecyclestage");
    assertThat(first.report().sync.written()).isEqualTo(19);
    assertThat(writeRequests(crm)).isPositive();

    crm.clearLog();
    TestRun second = new TestRun(project, postgresPort(), portSetting(crm));
    assertThat(second.run()).isEqualTo(ExitCode.DONE);
    assertThat(second.report().plan.unchanged()).isEqualTo(19);
    assertThat(crm.log())
        .noneMatch(
            request ->
                request.path().contains("/objects/") && !request.path().endsWith("/batch/read"));
  }

  /**
   * By hand, as of 5 April noon, half-life 14 days; an award's age counts at the last midnight.
   *
   * <ul>
   *   <li>78971951 and the three that it absorbed: a sign-up under an absorbed id and a page of an
   *       identified browser on 22 March, 13 days old: (25 and 5) × 2^(−13/14) = 13.134458 and
   *       2.626892; pricing +15 and a page +5 today; company +15: 50.761350.
   *   <li>36842001: pricing on 1 April, 3 days old: 15 × 2^(−3/14) = 12.929592; a second visit
   *       within 7 days is refused; a page +5 today: 17.929592.
   *   <li>55703851: ten pages yesterday, age 0: 50, cut to 40 by the cap.
   *   <li>74075201: one sign-up yesterday, delivered twice: 25, less 30.
   *   <li>48722101: its page view is later than as_of.
   *   <li>Everybody else did nothing.
   * </ul>
   */
  private Map<String, String> expectedScores() {
    Map<String, String> expected = new TreeMap<>();
    for (String id : people()) {
      expected.put(id, "0.000000");
    }
    expected.put(MERGED, "50.761350");
    expected.put(VISITS_PRICING_TWICE, "17.929592");
    expected.put(READS_MUCH, "40.000000");
    expected.put(UNSUBSCRIBES, "-5.000000");
    expected.put(COMES_TOMORROW, "0.000000");
    assertThat(expected).hasSize(19);
    return expected;
  }

  private List<String> people() {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM hubspot.contact")) {
      List<String> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
      ids.removeAll(List.of("76340251", "46897301", "76226001"));
      return ids;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> scores(TestRun run) {
    Map<String, String> scores = new TreeMap<>();
    run.committed("scores")
        .select("lead_id", "score")
        .collectAsList()
        .forEach(row -> scores.put(row.getString(0), row.getDecimal(1).toPlainString()));
    return scores;
  }

  private static String createdAt(TestRun run) {
    return run.table("leads")
        .where("lead_id = '" + MERGED + "'")
        .select("created_at")
        .head()
        .get(0)
        .toString();
  }

  private Map<String, String> mqlFields(String id) {
    Map<String, String> fields = new TreeMap<>(crm.findContact(id).orElseThrow());
    fields.keySet().removeIf(name -> !name.contains("mql") && !name.equals("lifecyclestage"));
    return fields;
  }

  private String postgresPort() {
    return "sources.warehouse.port=" + postgres.getPort();
  }

  /** The CRM's contacts: an absorbed one is known by its survivor's record only. */
  private static List<String> contacts(Statement statement) throws SQLException {
    List<String> contacts = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT json_build_object('id', id::text, 'mergedIds',
              coalesce(to_json(string_to_array(property_hs_merged_object_ids, ';')), '[]'::json),
              'properties', json_build_object('firstname', property_firstname))
            FROM hubspot.contact
            WHERE id::text NOT IN (
              SELECT unnest(string_to_array(property_hs_merged_object_ids, ';')) FROM hubspot.contact
              WHERE property_hs_merged_object_ids IS NOT NULL)
            """)) {
      while (rows.next()) {
        contacts.add(rows.getString(1));
      }
    }
    return contacts;
  }

  private static String sql(String file) throws IOException {
    return Files.readString(
        Path.of(System.getProperty("basedir", ""), "src", "test", "resources", "postgres", file));
  }

  private static Path extract() {
    String base = System.getProperty("basedir", "");
    Path shared =
        Path.of(System.getProperty("ripen.shared", Path.of(base, "..", "shared").toString()));
    Path file = shared.resolve("data/warehouse_extracts/hubspot/contact_data.csv");
    if (!Files.exists(file)) {
      String message = "the real extract is not here: " + file.toAbsolutePath().normalize();
      assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
      abort(message);
    }
    return file;
  }
}
