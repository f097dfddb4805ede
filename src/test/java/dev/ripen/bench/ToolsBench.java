package dev.ripen.bench;

import dev.ripen.sandbox.RateLimits;
import dev.ripen.sandbox.SandboxOptions;
import dev.ripen.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whole runs of a project as {@code ripen init --crm hubspot --events segment} writes it: every
 * page view counts, and people are made of links between ids. {@code scripts/bench tools [CONTACTS]
 * [EVENTS]} makes the sample and the project, and calls it.
 */
final class ToolsBench {
  private static final Instant FIRST = Instant.parse("2026-11-19T05:00:00Z");
  private static final Instant NIGHT = Instant.parse("2026-11-20T05:00:00Z");

  /** The sample's tables of tracks, with the events' names in the tool. */
  private static final Map<String, String> TRACKS = new LinkedHashMap<>();

  static {
    TRACKS.put("signed_up", "Signed Up");
    TRACKS.put("demo_requested", "Demo Requested");
    TRACKS.put("ebook_downloaded", "Content Downloaded");
    TRACKS.put("webinar_attended", "Webinar Attended");
    TRACKS.put("unsubscribed", "Unsubscribed");
    TRACKS.put("feature_used", "Feature Used");
  }

  private static final String CALL = "anonymous_id, user_id, timestamp, uuid_ts";

  private final Path project;
  private final Path base;

  private ToolsBench(Path project, Path base) {
    this.project = project;
    this.base = base;
  }

  /**
   * {@code PROJECT BASE}; the project reads Parquet files below its directory {@code data}, which
   * are made of the sample in {@code BASE}.
   */
  public static void main(String[] arguments) throws SQLException, IOException {
    new ToolsBench(Path.of(arguments[0]), Path.of(arguments[1])).run();
  }

  private void run() throws SQLException, IOException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET preserve_insertion_order = true");
      makeData(statement);
    }
    RateLimits wide = new RateLimits(1_000_000, Duration.ofSeconds(10), 100_000_000, 1_000);
    try (SandboxServer crm =
        SandboxServer.start(
            SandboxOptions.in(project.resolve(".ripen/sandbox"))
                .withSeed(base.resolve("crm.jsonl"))
                .withLimits(wide))) {
      List<String> live =
          List.of(
              "--set=destinations.hubspot.sandbox=true",
              "--set=destinations.hubspot.mode=live",
              "--set=destinations.hubspot.sandbox-port=" + crm.uri().getPort());
      say("the first run, and everybody to the CRM", run(FIRST, "-Xmx8g", live));
      List<String> refresh = new ArrayList<>(live);
      refresh.add("--full-refresh");
      WholeRun everything = run(FIRST, "-Xmx8g", refresh);
      say("everything again", everything);
      WholeRun night = run(NIGHT, "-Xmx2500m", live);
      say("the night after it", night);
      System.out.printf(
          Locale.ROOT, "of everything: %.2f%n", night.seconds() / everything.seconds());
    }
  }

  private WholeRun run(Instant asOf, String heap, List<String> options) {
    return WholeRun.of(
        project,
        asOf,
        heap,
        options,
        ProcessBuilder.Redirect.appendTo(project.resolve("runs.log").toFile()));
  }

  private static void say(String what, WholeRun run) {
    System.out.printf(Locale.ROOT, "%s: %.1f s, %.1f GiB%n", what, run.seconds(), run.gibibytes());
  }

  private void makeData(Statement statement) throws SQLException, IOException {
    copy(
        statement,
        "hubspot/contact",
        "SELECT id, property_email, property_hs_additional_emails, property_hs_merged_object_ids,"
            + " NULL::VARCHAR AS property_hs_calculated_merged_vids, property_company,"
            + " property_jobtitle, property_country, NULL::VARCHAR AS property_industry,"
            + " property_lead_source AS property_hs_analytics_source, property_lifecyclestage,"
            + " false AS property_hs_email_optout, property_createdate, _fivetran_deleted,"
            + " _fivetran_synced FROM "
            + read("hubspot/contact"));
    copy(
        statement,
        "hubspot/contact_property_history",
        "SELECT contact_id, name, value, timestamp, timestamp AS _fivetran_synced FROM "
            + read("hubspot/contact_property_history"));
    none(
        statement,
        "deal",
        "1::BIGINT AS deal_id, 1.0::DOUBLE AS property_amount,"
            + " '' AS property_closed_lost_reason, TIMESTAMP '2026-11-01' AS property_createdate,"
            + " false AS is_deleted");
    none(statement, "deal_contact", "1::BIGINT AS deal_id, 1::BIGINT AS contact_id");
    none(
        statement,
        "deal_stage",
        "1::BIGINT AS deal_id, '' AS value," + " TIMESTAMP '2026-11-01' AS date_entered");
    none(statement, "merged_deal", "1::BIGINT AS deal_id, 1::BIGINT AS merged_deal_id");
    none(
        statement,
        "deal_pipeline_stage",
        "'' AS stage_id, '' AS label, false AS closed_won,"
            + " false AS is_closed, '' AS probability");
    copy(
        statement,
        "segment/identifies",
        "SELECT row_number() OVER () :: VARCHAR AS id, "
            + CALL
            + ", email FROM "
            + read("segment/identifies"));
    copy(
        statement,
        "segment/pages",
        "SELECT coalesce(id, 'page-' || row_number() OVER ()) AS id, "
            + CALL
            + ", path,"
            + " NULL::VARCHAR AS url, NULL::VARCHAR AS title,"
            + " NULL::VARCHAR AS context_campaign_name, context_user_agent FROM "
            + read("segment/pages"));
    for (Map.Entry<String, String> track : TRACKS.entrySet()) {
      boolean page = !track.getKey().equals("feature_used");
      copy(
          statement,
          "segment/tracks",
          track.getKey(),
          "SELECT coalesce(id, '"
              + track.getKey()
              + "-' || row_number() OVER ()) AS id, "
              + CALL
              + ", '"
              + track.getKey()
              + "' AS event, '"
              + track.getValue()
              + "' AS event_text, "
              + (page ? "context_page_path" : "NULL::VARCHAR")
              + " AS context_page_path,"
              + " NULL::VARCHAR AS context_page_url, NULL::VARCHAR AS context_campaign_name, "
              + (page ? "context_user_agent" : "NULL::VARCHAR")
              + " AS context_user_agent FROM "
              + read("segment/" + track.getKey()));
    }
  }

  private void none(Statement statement, String table, String columns)
      throws SQLException, IOException {
    copy(statement, "hubspot/" + table, "SELECT " + columns + " WHERE false");
  }

  private void copy(Statement statement, String table, String sql)
      throws SQLException, IOException {
    copy(statement, table, "part", sql);
  }

  private void copy(Statement statement, String table, String file, String sql)
      throws SQLException, IOException {
    Path folder = Files.createDirectories(project.resolve("data").resolve(table));
    statement.execute(
        "COPY ("
            + sql
            + ") TO '"
            + folder.resolve(file + ".parquet")
            + "' (FORMAT parquet, ROW_GROUP_SIZE 500000)");
  }

  private String read(String table) {
    return "read_parquet('" + base.resolve(table) + "/**/*.parquet')";
  }
}
