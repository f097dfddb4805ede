package dev.ripen.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, because it changes the machine's locale and zone. */
@Isolated
class SampleWarehouseTest {
  private static final long EVENTS = 90_000;
  private static final SampleSpec SPEC = spec(7);

  @TempDir static Path folder;
  private static Path warehouse;
  private static Path seed;
  private static SampleSummary summary;

  private static SampleSpec spec(long seed) {
    return new SampleSpec(
        4_000, 60, OptionalLong.of(EVENTS), seed, Instant.parse("2026-11-20T05:00:00Z"));
  }

  @BeforeAll
  static void generate() {
    warehouse = folder.resolve("first/warehouse.duckdb");
    seed = folder.resolve("first/crm/contacts.jsonl");
    summary = SampleWarehouse.writeDuckDb(SPEC, warehouse, seed, Progress.NONE);
  }

  @Test
  void writesTheSameRowsWhateverTheMachinesLocaleAndZone() throws IOException, SQLException {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    Path again = folder.resolve("again/warehouse.duckdb");
    Path seedAgain = folder.resolve("again/contacts.jsonl");
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
      SampleWarehouse.writeDuckDb(SPEC, again, seedAgain, Progress.NONE);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
    assertThat(fingerprints(again)).isEqualTo(fingerprints(warehouse));
    assertThat(seedAgain).hasSameBinaryContentAs(seed);
  }

  @Test
  void writesOtherRowsForAnotherSeed() throws SQLException {
    Path other = folder.resolve("other/warehouse.duckdb");
    SampleWarehouse.writeDuckDb(
        spec(8), other, folder.resolve("other/contacts.jsonl"), Progress.NONE);
    assertThat(fingerprints(other)).doesNotContainEntry("hubspot.contact", contacts());
  }

  @Test
  void writesTheSameRowsAsParquet() throws SQLException {
    Path directory = folder.resolve("parquet");
    SampleSummary written =
        SampleWarehouse.writeParquet(SPEC, directory, folder.resolve("p.jsonl"), Progress.NONE);
    SortedMap<String, String> prints = new TreeMap<>();
    for (Table table : Table.values()) {
      Path files = directory.resolve(table.schema).resolve(table.tableName());
      prints.put(table.qualifiedName(), print("read_parquet('" + files + "/*.parquet')", null));
    }
    assertThat(prints).isEqualTo(fingerprints(warehouse));
    assertThat(written).isEqualTo(summary);
  }

  @Test
  void reachesTheNumberOfEventsExactly() throws SQLException {
    long events = 0;
    for (Table table : Table.values()) {
      events += table.isEvent() ? number("SELECT count(*) FROM " + table.qualifiedName()) : 0;
    }
    assertThat(events).isEqualTo(EVENTS).isEqualTo(summary.events());
    assertThat(summary.contacts())
        .isEqualTo(4_000)
        .isEqualTo(number("SELECT count(*) FROM hubspot.contact"));
  }

  @Test
  void deliversNothingAfterTheEnd() throws SQLException {
    assertThat(
            number("SELECT count(*) FROM segment.pages WHERE uuid_ts > '2026-11-20 05:00:00'")
                + number(
                    "SELECT count(*) FROM hubspot.contact"
                        + " WHERE property_createdate > '2026-11-20 05:00:00'")
                + number(
                    "SELECT count(*) FROM hubspot.contact_property_history"
                        + " WHERE timestamp > '2026-11-20 05:00:00'"))
        .isZero();
  }

  @Test
  void deliversSomeEventsTwiceAndSomeOfThemOnAnotherDay() throws SQLException {
    String repeated =
        "SELECT count(*) FROM (SELECT id FROM segment.feature_used GROUP BY id HAVING id IS NOT"
            + " NULL AND count(*) > 1 AND count(DISTINCT received_at) > 1";
    assertThat(number(repeated + ")")).isPositive();
    assertThat(number(repeated + " AND count(DISTINCT timestamp::DATE) > 1)")).isPositive();
  }

  @Test
  void holdsTheDirtOfARealWarehouse() throws SQLException {
    for (String dirt :
        List.of(
            "segment.pages WHERE id IS NULL",
            "segment.feature_used WHERE received_at > timestamp + INTERVAL 5 HOUR",
            "segment.pages WHERE context_user_agent LIKE '%bot%'",
            "hubspot.contact WHERE property_email IS NULL",
            "hubspot.contact WHERE property_email <> trim(property_email)",
            "hubspot.contact WHERE property_email <> lower(property_email)",
            "hubspot.contact WHERE property_email NOT LIKE '%_@_%'",
            "hubspot.contact WHERE _fivetran_deleted",
            "hubspot.contact WHERE property_hs_merged_object_ids LIKE '%;%'",
            "hubspot.contact WHERE property_email LIKE '%@acme.example'",
            "hubspot.contact WHERE property_email LIKE '%@mailinator.com'",
            "(SELECT anonymous_id FROM segment.identifies GROUP BY 1"
                + " HAVING count(DISTINCT email) > 5)",
            "(SELECT anonymous_id FROM segment.pages GROUP BY 1 HAVING count(*) > 1000)",
            "segment.pages p JOIN segment.identifies i USING (anonymous_id)"
                + " WHERE p.timestamp < i.timestamp AND p.user_id IS NULL")) {
      assertThat(number("SELECT count(*) FROM " + dirt)).as(dirt).isPositive();
    }
  }

  @Test
  void startsTheCrmWithSurvivorsOnly() throws IOException, SQLException {
    List<String> lines = Files.readAllLines(seed);
    assertThat(lines).hasSize((int) summary.crmRecords());
    assertThat(lines.get(0))
        .isEqualTo(
            "{\"id\":\"101\",\"email\":\"ada@northwind.example\",\"additionalEmails\":[],"
                + "\"mergedIds\":[],\"properties\":{\"firstname\":\"Ada\",\"lastname\":\"Wells\","
                + "\"company\":\"Northwind\",\"jobtitle\":\"VP Marketing\","
                + "\"country\":\"United Kingdom\",\"createdate\":\"2026-11-10T13:40:40Z\","
                + "\"lifecyclestage\":\"lead\"}}");
    long merged = number("SELECT count(*) FROM hubspot.contact_merge_audit");
    long deleted = number("SELECT count(*) FROM hubspot.contact WHERE _fivetran_deleted");
    assertThat(summary.crmRecords()).isEqualTo(4_000 - merged - deleted);
  }

  @Test
  void givesNoAddressToTwoPeople() throws SQLException {
    assertThat(
            number(
                "SELECT count(*) - count(DISTINCT lower(trim(property_email))) FROM hubspot.contact"
                    + " WHERE property_email LIKE '%_@_%.%' AND property_email NOT LIKE '%@@%'"))
        .isZero();
  }

  @Test
  void inventsNoDomainThatSomebodyCouldOwn() throws SQLException {
    List<String> known = new ArrayList<>(People.DISPOSABLE_DOMAINS);
    Arrays.stream(Country.values()).forEach(country -> known.addAll(country.privateMail));
    String list = "'" + String.join("', '", known) + "'";
    for (String column : List.of("hubspot.contact.property_email", "segment.identifies.email")) {
      String name = column.substring(column.lastIndexOf('.') + 1);
      String table = column.substring(0, column.lastIndexOf('.'));
      assertThat(
              number(
                  "SELECT count(*) FROM (SELECT split_part(trim(lower("
                      + name
                      + ")), '@', 2) AS domain FROM "
                      + table
                      + ") WHERE domain NOT LIKE '%.example' AND domain LIKE '%.%' AND domain NOT"
                      + " IN ("
                      + list
                      + ")"))
          .as(column)
          .isZero();
    }
  }

  @Test
  void keepsSignUpsThatNeverReachedTheCrm() throws SQLException {
    assertThat(
            number(
                "SELECT count(DISTINCT email) FROM segment.signed_up WHERE email LIKE 'hello%'"
                    + " AND email NOT IN (SELECT property_email FROM hubspot.contact"
                    + " WHERE property_email IS NOT NULL)"))
        .isEqualTo(2);
  }

  private static String contacts() throws SQLException {
    return print("hubspot.contact", warehouse);
  }

  private static SortedMap<String, String> fingerprints(Path file) throws SQLException {
    SortedMap<String, String> prints = new TreeMap<>();
    for (Table table : Table.values()) {
      prints.put(table.qualifiedName(), print(table.qualifiedName(), file));
    }
    return prints;
  }

  private static String print(String table, @Nullable Path file) throws SQLException {
    String sql = "SELECT md5(string_agg(t::VARCHAR, chr(10))) FROM " + table + " AS t";
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + (file == null ? "" : file));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
