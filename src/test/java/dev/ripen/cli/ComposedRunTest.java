package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.adapters.Adapters;
import dev.ripen.problem.ExitCode;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project that init composes scores people as it is, once its warehouse is named. */
@Tag("spark")
final class ComposedRunTest {
  private static final String ROWS =
      """
      INSERT INTO hubspot.contact (id, property_email, property_jobtitle, property_createdate,
          property_hs_merged_object_ids, property_lifecyclestage) VALUES
        (101, 'Ada@Northwind.example', 'CTO', '2026-10-01 08:00:00', '102', 'lead'),
        (102, 'ada@old.example', 'Engineer', '2026-09-01 08:00:00', NULL, 'lead'),
        (104, 'bob@gmail.com', 'Student', '2026-10-02 08:00:00', NULL, 'lead'),
        (105, 'eve@your-company.example', 'CEO', '2026-10-03 08:00:00', NULL, 'lead');
      INSERT INTO segment.identifies (id, anonymous_id, user_id, email, timestamp) VALUES
        ('i-1', 'browser-1', 'u-1', 'ada@old.example', '2026-11-19 10:30:00'),
        ('i-2', 'browser-2', NULL, 'Bob@Gmail.com', '2026-11-19 10:30:00');
      INSERT INTO segment.pages (id, anonymous_id, user_id, path, timestamp, uuid_ts) VALUES
        ('p-1', 'browser-1', NULL, '/pricing', '2026-11-19 10:00:00', '2026-11-19 12:00:00'),
        ('p-1', 'browser-1', NULL, '/pricing', '2026-11-19 10:00:00', '2026-11-19 13:00:00'),
        ('p-2', 'browser-2', NULL, '/', '2026-11-19 10:00:00', '2026-11-19 12:00:00'),
        ('p-3', 'browser-3', NULL, '/', '2026-11-19 10:00:00', '2026-11-19 12:00:00');
      INSERT INTO segment.tracks (id, user_id, event, timestamp, uuid_ts) VALUES
        ('t-1', 'u-1', 'demo_requested', '2026-11-19 11:00:00', '2026-11-19 12:00:00');
      """;

  @TempDir Path project;

  /**
   * By hand, as of 20 November, when awards of the 19th are worth all their points: Ada has 15 for
   * pricing, once, 40 for the demo and 15 for her title; Bob 5 for a page, less 10 for his address.
   */
  @Test
  void scoresPeopleOfHubSpotByWhatSegmentSaw() throws SQLException, IOException {
    Adapters.load()
        .project("acme-mql", List.of("hubspot"), List.of("segment"), Optional.of("duckdb"))
        .files()
        .forEach((path, text) -> TestProjects.write(project.resolve(path), text));
    fill(project.resolve("warehouse.duckdb"));

    TestRun run = new TestRun(project, "as-of=2026-11-20T05:00:00Z");
    assertThat(run.run()).isEqualTo(ExitCode.DONE);

    assertThat(run.report().leads).isEqualTo(3);
    assertThat(run.report().mqls).isEqualTo(1);
    assertThat(run.messages()).contains("3 people", "1 rows merged");
    assertThat(
            run.table("leads").join(run.table("scores"), "lead_id").collectAsList().stream()
                .collect(
                    Collectors.toMap(
                        row -> row.<String>getAs("hubspot_id"),
                        row -> row.getAs("score") + " " + row.getAs("mql_at"))))
        .isEqualTo(
            Map.of(
                "101",
                "70.000000 2026-11-19T11:00:00Z",
                "104",
                "-5.000000 null",
                "105",
                "null null"));
  }

  /** The tables as the committed schemas say. */
  private void fill(Path file) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        Stream<Path> schemas = Files.list(project.resolve("conf/schemas"))) {
      statement.execute("CREATE SCHEMA hubspot; CREATE SCHEMA segment");
      for (Path schema : schemas.toList()) {
        String columns =
            Files.readString(schema).strip().replace("STRING", "VARCHAR").replace("\n", ", ");
        String table = schema.getFileName().toString().replace(".ddl", "");
        statement.execute("CREATE TABLE " + table + " (" + columns + ")");
      }
      statement.execute(ROWS);
    }
  }
}
