package dev.ripen.crm.hubspot;

import dev.ripen.http.Sleeper;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The paces of one process, one per credential: who reads and who writes with the same token share
 * HubSpot's limits. The first one's budget and concurrency count. Safe for several threads.
 */
public final class HubSpotPaces {
  private final Clock clock;
  private final Sleeper sleeper;
  private final Map<Credential, Pace> paces = new ConcurrentHashMap<>();

  public HubSpotPaces(Clock clock, Sleeper sleeper) {
    this.clock = clock;
    this.sleeper = sleeper;
  }

  Pace of(HubSpotSettings settings) {
    Credential credential =
        new Credential(settings.baseUrl().toString(), String.valueOf(settings.token().get()));
    return paces.computeIfAbsent(
        credential, any -> new Pace(settings.budget(), settings.concurrency(), clock, sleeper));
  }

  private record Credential(String baseUrl, String token) {
    @Override
    public String toString() {
      return "Credential[" + baseUrl + "]";
    }
  }
}
