package dev.ripen.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How to start a sandbox. Start with {@link #in}; everything else has a default. Immutable.
 *
 * @param dataDirectory created if it is missing; held by one process at a time
 * @param port 0 for any free one
 * @param clock of all stored times and of the limits
 * @param statusTime when a status that somebody sets on the page is said to have happened
 * @param zone of the times on the page
 * @param seed JSON lines to fill an empty store with, or null
 */
public record SandboxOptions(
    Path dataDirectory,
    int port,
    Clock clock,
    Supplier<Instant> statusTime,
    ZoneId zone,
    List<SandboxToken> tokens,
    RateLimits limits,
    List<FaultRule> faults,
    @Nullable Path seed) {
  public SandboxOptions {
    requireNonNull(dataDirectory);
    requireNonNull(clock);
    requireNonNull(statusTime);
    requireNonNull(zone);
    requireNonNull(limits);
    tokens = List.copyOf(tokens);
    faults = List.copyOf(faults);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /** Any port, the computer's clock, UTC, the token {@code sandbox}, no limits, no faults. */
  public static SandboxOptions in(Path dataDirectory) {
    Clock clock = Clock.systemUTC();
    return new SandboxOptions(
        dataDirectory,
        0,
        clock,
        clock::instant,
        ZoneOffset.UTC,
        List.of(SandboxToken.of("API token", "sandbox")),
        RateLimits.generous(),
        List.of(),
        null);
  }

  public SandboxOptions withPort(int newPort) {
    return new SandboxOptions(
        dataDirectory, newPort, clock, statusTime, zone, tokens, limits, faults, seed);
  }

  /** Sets the clock, and the time of statuses to it. */
  public SandboxOptions withClock(Clock newClock) {
    return new SandboxOptions(
        dataDirectory, port, newClock, newClock::instant, zone, tokens, limits, faults, seed);
  }

  /** For a project whose {@code as_of} lies in the past: a later status would not be seen. */
  public SandboxOptions withStatusTime(Supplier<Instant> newStatusTime) {
    return new SandboxOptions(
        dataDirectory, port, clock, newStatusTime, zone, tokens, limits, faults, seed);
  }

  public SandboxOptions withZone(ZoneId newZone) {
    return new SandboxOptions(
        dataDirectory, port, clock, statusTime, newZone, tokens, limits, faults, seed);
  }

  public SandboxOptions withTokens(SandboxToken... newTokens) {
    return new SandboxOptions(
        dataDirectory, port, clock, statusTime, zone, List.of(newTokens), limits, faults, seed);
  }

  public SandboxOptions withLimits(RateLimits newLimits) {
    return new SandboxOptions(
        dataDirectory, port, clock, statusTime, zone, tokens, newLimits, faults, seed);
  }

  public SandboxOptions withFaults(FaultRule... newFaults) {
    return new SandboxOptions(
        dataDirectory, port, clock, statusTime, zone, tokens, limits, List.of(newFaults), seed);
  }

  public SandboxOptions withSeed(Path newSeed) {
    return new SandboxOptions(
        dataDirectory, port, clock, statusTime, zone, tokens, limits, faults, newSeed);
  }
}
