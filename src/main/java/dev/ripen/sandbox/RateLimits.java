package dev.ripen.sandbox;

import java.time.Duration;

/**
 * How many requests the sandbox takes.
 *
 * @param perInterval requests in any window of the length {@code interval}
 * @param perDay from midnight UTC
 * @param searchesPerSecond counted apart, without headers, as HubSpot does
 */
public record RateLimits(int perInterval, Duration interval, int perDay, int searchesPerSecond) {
  public RateLimits {
    if (perInterval < 1
        || perDay < 1
        || searchesPerSecond < 1
        || interval.isNegative()
        || interval.isZero()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** HubSpot's limits for a private app or service key of a Professional account. */
  public static RateLimits professional() {
    return new RateLimits(190, Duration.ofSeconds(10), 625_000, 5);
  }

  /** Wide enough that a demo never waits. */
  public static RateLimits generous() {
    return new RateLimits(10_000, Duration.ofSeconds(10), 10_000_000, 1_000);
  }
}
