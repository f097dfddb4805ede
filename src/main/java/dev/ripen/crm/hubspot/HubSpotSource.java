package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.crm.CrmRecord;
import dev.ripen.crm.CrmTable;
import dev.ripen.crm.TrafficStats;
import dev.ripen.http.JsonRequest;
import dev.ripen.http.Sleeper;
import dev.ripen.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads an account's contacts, companies, deals and form submissions. Holds no more than a page of
 * them in memory. One thread at a time; never called from a Spark task.
 *
 * <p>Throws {@link ProblemException} where the run must stop: {@code CRM_TOKEN_REFUSED}, {@code
 * CRM_SCOPE_MISSING}, {@code CRM_UNAVAILABLE}, {@code CRM_DAILY_LIMIT}, {@code
 * CRM_REQUEST_REFUSED}.
 */
public final class HubSpotSource implements AutoCloseable {
  private static final String SUBMISSIONS = "form_submissions";

  private final HubSpotApi api;
  private final ReadingApi reading;
  private final HubSpotPaths paths;

  /**
   * @param paces of the process: whoever has the same credential shares one
   */
  public HubSpotSource(HubSpotSettings settings, HubSpotPaces paces, Clock clock, Sleeper sleeper) {
    api =
        new HubSpotApi(
            settings, paces.of(settings), Wording.source(settings.name()), clock, sleeper);
    reading = new ReadingApi(api, clock, sleeper);
    paths = new HubSpotPaths(settings.baseUrl(), settings.apiVersion());
  }

  /**
   * Reads what was changed since the watermarks of an earlier reading, or everything. A record may
   * be given twice; the later one counts.
   *
   * @param since what an earlier reading returned; empty: everything
   * @return the watermarks from which the next reading goes on
   */
  public Map<String, Instant> read(
      CrmTable table, Map<String, Instant> since, Consumer<CrmRecord> sink) {
    return table.object().equals(SUBMISSIONS)
        ? new FormReader(reading, paths).read(since, sink)
        : new RecordReader(reading, paths, table).read(since, sink);
  }

  /**
   * Makes sure that a table can be read; reads no more than one record.
   *
   * @return properties of the table that the account does not have: HubSpot leaves them out without
   *     a word. Empty for submissions, whose fields no list knows
   */
  public Set<String> unknownProperties(CrmTable table) {
    if (table.object().equals(SUBMISSIONS)) {
      new FormReader(reading, paths).probe();
      return Set.of();
    }
    Set<String> unknown = new LinkedHashSet<>(table.properties());
    unknown.addAll(table.history());
    for (String name : properties(table.object())) {
      unknown.remove(name);
    }
    var unused = reading.search(new RecordRequests(paths, table).newest());
    return unknown;
  }

  /** Names of all properties of a kind of records. */
  public List<String> properties(String object) {
    List<String> names = new ArrayList<>();
    JsonRequest request = JsonRequest.get(paths.recordProperties(object));
    for (JsonNode property : reading.read(request).body().path("results")) {
      names.add(property.path("name").asText());
    }
    return names;
  }

  /** Requests so far. */
  public TrafficStats traffic() {
    return api.traffic();
  }

  @Override
  public void close() {
    api.close();
  }
}
