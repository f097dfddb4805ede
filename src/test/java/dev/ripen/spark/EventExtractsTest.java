package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The adapters of events over what other people's pipelines have landed. The extracts are not part
 * of this repository: they lie beside the checkout, or where the property {@code ripen.shared}
 * says. What is expected was counted in the files, without Spark.
 */
@Tag("spark")
class EventExtractsTest {
  private static final String BY_TYPE =
      "SELECT event_type, count(*) AS deliveries, count(DISTINCT event_id) AS events,"
          + " count(DISTINCT visitor_id) AS visitors FROM events GROUP BY event_type";

  @TempDir Path temporary;
  private final SparkSession spark = SparkTestSession.create();
  private final Map<String, String> given = new TreeMap<>();

  @Test
  void mixpanelRepeatsAnInsertIdOnAnotherDay() {
    EventAdapterProject project = project("mixpanel");
    given(project, "mixpanel.event", "mixpanel/event.csv");
    expect(project, "by_type", BY_TYPE, "event_type,deliveries,events,visitors\ntrack,5,5,3\n");
  }

  @Test
  void amplitudeHasNoInsertIds() {
    EventAdapterProject project = project("amplitude");
    given(project, "amplitude.event", "amplitude/amplitude_event_data.csv");
    expect(project, "by_type", BY_TYPE, "event_type,deliveries,events,visitors\ntrack,10,10,7\n");
  }

  @Test
  void ga4IsFlattened() {
    EventAdapterProject project = project("ga4-fivetran");
    given(
        project,
        "ga4_fivetran.event",
        "ga4_export/event_data.csv",
        "param_page_location",
        "param_page_title");
    expect(
        project,
        "all_events",
        "SELECT count(DISTINCT event_id) AS events, count(DISTINCT visitor_id) AS visitors,"
            + " sum(amount) AS amount, min(occurred_at) AS first FROM events",
        "events,visitors,amount,first\n6,3,79.98,2024-09-10 12:35:00\n");
  }

  @Test
  void segmentKnowsTheUserOfAPage() {
    EventAdapterProject project = project("segment");
    given(project, "segment.pages", "segment/example_segment_pages.csv", "uuid_ts");
    expect(
        project,
        "all_events",
        "SELECT event_id, visitor_id, occurred_at, event_type, path, campaign FROM events",
        """
        event_id,visitor_id,occurred_at,event_type,path,campaign
        segment:ajs-9527e97fc714abe02a23b3d24cf09a36,user:97980cfea0067,2015-02-23 22:28:55,page,/product,autumn_collection_2015
        """);
  }

  @Test
  void snowplowRepeatsEventsAndADeviceHasTenUsers() {
    EventAdapterProject project = project("snowplow");
    given(project, "snowplow.events", "snowplow/snowplow_web_events.csv");
    expect(
        project,
        "by_type",
        BY_TYPE,
        "event_type,deliveries,events,visitors\npage,50,49,20\ntrack,110,108,16\n");
    expect(
        project,
        "stitched",
        "SELECT count(DISTINCT person_id) FILTER (WHERE id LIKE 'user:user stitch%') AS stitched,"
            + " count(*) FILTER (WHERE id LIKE 'user:user stitch%') AS users,"
            + " count(DISTINCT person_id) AS people FROM people WHERE id LIKE 'user:%'",
        "stitched,users,people\n1,10,15\n");
  }

  @Test
  void marketoActivitiesAndMerges() {
    EventAdapterProject project = project("marketo");
    for (String activity : List.of("open_email", "click_email")) {
      given(
          project,
          "marketo.activity_" + activity,
          "marketo/marketo_activity_" + activity + "_data.csv",
          "_fivetran_synced",
          "is_bot_activity");
    }
    for (String activity : List.of("email_bounced", "unsubscribe_email")) {
      given(
          project,
          "marketo.activity_" + activity,
          "marketo/marketo_activity_" + activity + "_data.csv",
          "_fivetran_synced");
    }
    given(project, "marketo.merged_lead", "marketo/marketo_activity_merge_leads_data.csv");
    given(project, "marketo.known_lead", "marketo/marketo_lead_data.csv");
    expect(
        project,
        "by_type",
        BY_TYPE,
        """
        event_type,deliveries,events,visitors
        email_opened,100,100,98
        email_clicked,100,100,6
        email_bounced,100,100,100
        unsubscribed,100,100,98
        """);
    // One of the 100 merges does not say whom it took in.
    expect(
        project,
        "links",
        "SELECT other_id LIKE 'email:%' AS is_address, count(*) AS links"
            + " FROM marketo_activity_links GROUP BY other_id LIKE 'email:%'",
        "is_address,links\ntrue,100\nfalse,99\n");
  }

  @Test
  void pardotHasMoreThanActivitiesOfPeople() {
    EventAdapterProject project = project("pardot");
    given(project, "pardot.visitor_activity", "pardot/pardot_visitor_activity_data.csv");
    given(project, "pardot.visitor", "pardot/pardot_visitor_data.csv");
    given(project, "pardot.known_prospect", "pardot/pardot_prospect_data.csv");
    // The other 52 are opportunities that came, were won or were lost.
    expect(
        project,
        "by_type",
        BY_TYPE,
        "event_type,deliveries,events,visitors\nunsubscribed,43,43,43\nemail_bounced,5,5,5\n");
    // The addresses are made unreadable: what is none joins nobody.
    expect(
        project,
        "links",
        "SELECT split_part(other_id, ':', 1) AS kind, count(*) AS links"
            + " FROM pardot_activity_links GROUP BY split_part(other_id, ':', 1)",
        "kind,links\ndevice,22\nsalesforce,100\n");
  }

  @Test
  void hubspotFiltersBotsAndSendsMuchItself() {
    EventAdapterProject project = project("hubspot");
    given(project, "hubspot.email_event", "hubspot/email_event_data.csv");
    given(project, "hubspot.contact_form_submission", "hubspot/contact_form_submission_data.csv");
    given(project, "hubspot.contact_property_history", "hubspot/contact_property_history_data.csv");
    given(project, "hubspot.known_contact", "hubspot/contact_data.csv");
    expect(
        project,
        "by_type",
        BY_TYPE,
        """
        event_type,deliveries,events,visitors
        email_opened,90,90,19
        form_submitted,4,4,4
        demo_requested,1,1,1
        """);
  }

  private EventAdapterProject project(String events) {
    return EventAdapterProject.write(temporary.resolve(events), events);
  }

  /**
   * Gives a case the columns of an extract that the adapter reads.
   *
   * @param missing columns that the extract lacks: null
   */
  private void given(EventAdapterProject project, String table, String file, String... missing) {
    Dataset<Row> extract =
        spark.read().option("header", "true").option("escape", "\"").csv(extract(file).toString());
    Set<String> there = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    there.addAll(Arrays.asList(extract.columns()));
    Map<Boolean, List<String>> columns =
        project.columns(table).stream().collect(Collectors.partitioningBy(there::contains));
    assertThat(columns.get(false)).as("columns that %s lacks", file).containsOnly(missing);
    List<String> read = columns.get(true);
    StringBuilder text = new StringBuilder(String.join(",", read)).append('\n');
    for (Row row : extract.selectExpr(read.toArray(String[]::new)).collectAsList()) {
      text.append(
              read.stream()
                  .map(row::<String>getAs)
                  .map(cell -> cell == null ? "" : '"' + cell.replace("\"", "\"\"") + '"')
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    given.put(table, text.toString());
  }

  private void expect(EventAdapterProject project, String name, String sql, String rows) {
    project.write("sql/" + name + ".sql", "-- One row per group\n" + sql + "\n");
    Set<String> read = project.readBy(name);
    String directory = "sql/tests/" + name + "/real/";
    given.forEach(
        (table, text) -> {
          if (read.contains(table)) {
            project.write(directory + "given_" + table + ".csv", text);
          }
        });
    project.write(directory + "expect.csv", rows);
    assertThat(project.run(spark, name + "/real")).isEqualTo(ModelCaseResult.passed(name, "real"));
  }

  private static Path extract(String file) {
    String base = System.getProperty("basedir", "");
    Path shared =
        Path.of(System.getProperty("ripen.shared", Path.of(base, "..", "shared").toString()));
    Path extract = shared.resolve("data/warehouse_extracts").resolve(file);
    if (!Files.exists(extract)) {
      String message = "the real extract is not here: " + extract.toAbsolutePath().normalize();
      assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
      abort(message);
    }
    return extract;
  }
}
