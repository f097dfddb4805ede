package dev.ripen.crm.hubspot;

import dev.ripen.crm.CrmField;
import dev.ripen.crm.Destination;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.Match;
import dev.ripen.crm.ProvisionReport;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.TrafficStats;
import dev.ripen.crm.WriteAction;
import dev.ripen.http.Sleeper;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Keeps HubSpot contacts in step. All calls of one instance share one rate limit, and so do all of
 * one {@link HubSpotPaces} with the same token. Safe for several threads.
 *
 * <p>A lifecycle stage that HubSpot silently did not take is told by {@link
 * RowOutcome.Written#echoed()}: what to do then is the caller's decision.
 */
public final class HubSpotDestination implements Destination {
  /** HubSpot's limit for every batch endpoint. */
  private static final int BATCH_SIZE = 100;

  private final HubSpotSettings settings;
  private final HubSpotApi api;
  private final HubSpotPaths paths;
  private final PropertyCatalog catalog;
  private final ContactReader reader;

  /** A destination whose credential nobody else uses in this process. */
  public HubSpotDestination(HubSpotSettings settings, Clock clock, Sleeper sleeper) {
    this(
        settings,
        new Pace(settings.budget(), settings.concurrency(), clock, sleeper),
        clock,
        sleeper);
  }

  /**
   * @param paces of the process: whoever has the same credential shares one
   */
  public HubSpotDestination(
      HubSpotSettings settings, HubSpotPaces paces, Clock clock, Sleeper sleeper) {
    this(settings, paces.of(settings), clock, sleeper);
  }

  private HubSpotDestination(HubSpotSettings settings, Pace pace, Clock clock, Sleeper sleeper) {
    this.settings = settings;
    this.api = new HubSpotApi(settings, pace, Wording.destination(settings.name()), clock, sleeper);
    this.paths = new HubSpotPaths(settings.baseUrl(), settings.apiVersion());
    this.catalog = new PropertyCatalog(api, paths);
    this.reader = new ContactReader(api, paths, catalog);
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public int batchSize() {
    return BATCH_SIZE;
  }

  @Override
  public int concurrency() {
    return settings.concurrency();
  }

  @Override
  public List<CrmField> describeFields() {
    return catalog.describe();
  }

  /** Creates missing properties in the property group {@code ripen}. */
  @Override
  public ProvisionReport provision(List<FieldSpec> wanted) {
    return catalog.provision(wanted);
  }

  @Override
  public List<Match> read(List<RecordKey> keys, Set<String> fields) {
    requireBatch(keys.size());
    return reader.read(keys, fields);
  }

  @Override
  public List<RowOutcome> write(WriteAction action, List<RowWrite> rows) {
    requireBatch(rows.size());
    if (rows.isEmpty()) {
      return List.of();
    }
    return new ContactWriter(api, paths, catalog, reader, action).write(rows);
  }

  @Override
  public TrafficStats traffic() {
    return api.traffic();
  }

  @Override
  public void close() {
    api.close();
  }

  private static void requireBatch(int size) {
    if (size > BATCH_SIZE) {
      throw new IllegalArgumentException(size + " in one batch, at most " + BATCH_SIZE);
    }
  }
}
