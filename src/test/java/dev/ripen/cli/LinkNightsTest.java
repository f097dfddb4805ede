package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.testing.TestProjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Links that events tell of: nights that keep them and read few days of the events find the people
 * that one run over everything finds.
 */
@Tag("spark")
final class LinkNightsTest {
  private static final Instant START = Instant.parse("2026-10-10T05:00:00Z");
  private static final int NIGHTS = 6;
  private static final String COLUMNS =
      "id STRING, user_id STRING, anonymous_id STRING, at TIMESTAMP, loaded_at TIMESTAMP";

  private final Random random = new Random(20261130);
  private final List<Event> events = new ArrayList<>();
  private final List<String> contacts = new ArrayList<>();
  @TempDir Path directory;
  private Path project = Path.of("");
  private Instant now = START;

  /** Somebody who is known in one browser. */
  private record Event(String id, String user, String device, Instant at, Instant loaded) {
    Row row() {
      return RowFactory.create(id, user.isEmpty() ? null : user, device, at, loaded);
    }
  }

  @BeforeEach
  void copyProject() throws Exception {
    project = TestProjects.copy("nights", directory);
    Path conf = project.resolve("conf/ripen.conf");
    TestProjects.write(
        conf,
        Files.readString(conf)
            .replace("events     { path = events.csv }", "contacts { path = contacts.csv }")
            .replace("ripen.timelines.from = 0", "ripen.timelines.from = 0, ripen.links.from = 0")
            .replace(
                "sources {",
                "sources {\n  web { format = parquet, tables { events { path = \""
                    + directory.resolve("events")
                    + "\" } } }\n"));
    Files.delete(project.resolve("conf/schemas/files.events.ddl"));
    TestProjects.write(
        project.resolve("conf/schemas/web.events.ddl"), COLUMNS.replace(", ", "\n") + "\n");
    TestProjects.write(
        project.resolve("conf/schemas/files.contacts.ddl"), "contact STRING\nuser_id STRING\n");
    sql(
        "staging/stg_events",
        "SELECT id, user_id, anonymous_id, at AS occurred_at, loaded_at FROM web.events");
    sql("staging/stg_contacts", "SELECT contact, user_id FROM files.contacts");
    sql(
        "events",
        "SELECT id AS event_id, coalesce('user:' || user_id, 'device:' || anonymous_id) AS visitor_id,"
            + " occurred_at, 'signed_up' AS event_type, loaded_at FROM stg_events");
    sql(
        "identity_links",
        "-- @check not_null(id, other_id)\n"
            + "SELECT 'hubspot:' || contact AS id, 'user:' || user_id AS other_id,"
            + " CAST(NULL AS TIMESTAMP) AS seen_at FROM stg_contacts UNION ALL"
            + " SELECT 'user:' || user_id, 'device:' || anonymous_id, occurred_at"
            + " FROM stg_events WHERE user_id IS NOT NULL");
    sql(
        "leads",
        "SELECT person_id AS lead_id, 'a@northwind.example' AS email,"
            + " TIMESTAMP '2026-09-01 08:00:00' AS created_at, 'VP' AS title"
            + " FROM people WHERE id LIKE 'hubspot:%' GROUP BY person_id");
    sql(
        "identities",
        "SELECT people.id AS visitor_id, leads.lead_id FROM people"
            + " JOIN leads ON leads.lead_id = people.person_id");
    for (String unused : List.of("stg_leads", "stg_identities")) {
      Files.delete(project.resolve("sql/staging/" + unused + ".sql"));
    }
    for (int i = 0; i < 12; i++) {
      contacts.add(i + ",u" + i);
    }
  }

  /** The session is that of all tests; the project has told it to keep however little. */
  @AfterEach
  void leaveTheSessionAsItWas() {
    Stream.of("spark.ripen.timelines.from", "spark.ripen.links.from")
        .forEach(setting -> SparkSession.active().conf().unset(setting));
  }

  @Test
  void findWhomOneRunOverEverythingFinds() {
    for (int night = 0; night < NIGHTS; night++) {
      now = START.plus(Duration.ofDays(night));
      happen(night);
      write();
      if (night % 3 == 1) {
        night("nightly", false);
      }
      night("nightly", true);
      assertThat(committed("nightly", "links_of_events").isEmpty()).as("kept").isFalse();
      if (night % 3 < 2) {
        continue;
      }
      night("whole-" + night, true);
      for (String table : List.of("people", "identity_links", "scores")) {
        assertThat(texts("nightly", table))
            .as("%s after %d nights", table, night + 1)
            .isNotEmpty()
            .isEqualTo(texts("whole-" + night, table));
      }
    }
  }

  @Test
  void aShorterLookBackLosesNoDay() throws Exception {
    Instant early = START.minus(Duration.ofDays(10));
    Instant at = START.minus(Duration.ofHours(30));
    events.add(new Event("e0", "u0", "d0", early, early));
    events.add(new Event("e1", "u1", "d1", at, at));
    // What was loaded since is read whatever its day: the first one was not.
    Instant later = START.minus(Duration.ofHours(1));
    events.add(new Event("e2", "u2", "d2", later, later));
    write();
    night("nightly", true);
    assertThat(committed("nightly", "links_of_events").count())
        .as("the two last ones are read again")
        .isOne();
    Path conf = project.resolve("conf/ripen.conf");
    TestProjects.write(conf, Files.readString(conf).replace("look-back = 2d", "look-back = 0d"));
    now = START.plus(Duration.ofDays(1));
    night("nightly", true);
    assertThat(committed("nightly", "people").where("id = 'device:d1'").count()).isOne();
  }

  @Test
  void aNightReadsFewDaysOfTheEvents() throws Exception {
    for (int day = 0; day < 30; day++) {
      Instant at = START.minus(Duration.ofDays(30 - day));
      for (int i = 0; i < 100; i++) {
        events.add(new Event("e" + day + "-" + i, "u" + i, "d" + i, at, at));
      }
    }
    write();
    night("nightly", true);
    now = START.plus(Duration.ofDays(1));
    Instant late = now.minus(Duration.ofDays(20));
    events.add(new Event("late", "u1", "d2", late, now));
    write();

    assertThat(committed("nightly", "links_of_events").count())
        .as("those up to the days that are read again")
        .isEqualTo(100);
    SparkSession spark = SparkSession.active();
    ScansOfFiles plans = new ScansOfFiles(directory.resolve("events").toString());
    spark.sparkContext().addSparkListener(plans);
    try {
      night("nightly", true);
      plans.await(spark);
    } finally {
      spark.sparkContext().removeSparkListener(plans);
    }
    assertThat(plans.scans()).isNotEmpty();
    assertThat(plans.scans())
        .as("of every scan of the events in that night")
        .allSatisfy(
            scan ->
                assertThat(scan.get("PushedFilters"))
                    .containsAnyOf(
                        "GreaterThanOrEqual(at,2026-10-08T00:00:00Z)",
                        "GreaterThanOrEqual(loaded_at,"));
    night("whole", true);
    assertThat(texts("nightly", "people")).isEqualTo(texts("whole", "people"));
    assertThat(
            committed("nightly", "links_of_events")
                .where("id = 'user:u1' AND other_id = 'device:d2'")
                .count())
        .as("what the late event says")
        .isOne();
  }

  /**
   * A day: most of it on time, some of it late; a browser changes hands; sales change a contact.
   */
  private void happen(int night) {
    for (int i = 0; i < 25; i++) {
      Duration ago =
          random.nextInt(5) == 0
              ? Duration.ofHours(random.nextInt(24 * 25))
              : Duration.ofMinutes(random.nextInt(24 * 60));
      String user = random.nextInt(4) == 0 ? "" : "u" + random.nextInt(16);
      events.add(
          new Event("e" + night + "-" + i, user, "d" + random.nextInt(30), now.minus(ago), now));
    }
    // What was wrong is corrected while it is read again anyway.
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      if (event.at().isAfter(now.minus(Duration.ofHours(30))) && random.nextInt(4) == 0) {
        events.set(
            i, new Event(event.id(), "u" + random.nextInt(16), event.device(), event.at(), now));
      }
    }
    contacts.remove(random.nextInt(contacts.size()));
    contacts.add((100 + night) + ",u" + random.nextInt(16));
  }

  private void write() {
    TestProjects.write(
        project.resolve("data/contacts.csv"),
        "contact,user_id\n" + String.join("\n", contacts) + "\n");
    TestRun.workspace(project)
        .spark()
        .createDataFrame(events.stream().map(Event::row).toList(), StructType.fromDDL(COLUMNS))
        .coalesce(1)
        .sortWithinPartitions("at")
        .write()
        .mode("overwrite")
        .parquet(directory.resolve("events").toString());
  }

  private void night(String state, boolean lives) {
    Workspace workspace = TestRun.workspace(project, "as-of=" + now, "state.path=.ripen/" + state);
    new Recovery(workspace, new Console(System.err, System.err, false, false, true)).restore();
    ScoredNight.in(workspace, lives);
  }

  private List<String> texts(String state, String table) {
    return committed(state, table)
        .drop("run_id", "detected_at", "ripen_new_mql", "timeline")
        .selectExpr("to_json(struct(*))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private Dataset<Row> committed(String state, String table) {
    return TestRun.workspace(project, "as-of=" + now, "state.path=.ripen/" + state)
        .state()
        .committed(table)
        .orElseThrow();
  }

  private void sql(String model, String text) {
    TestProjects.write(
        project.resolve("sql/" + model + ".sql"), "-- One row per thing.\n" + text + "\n");
  }
}
