package dev.ripen.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the far side is down: several attempts in a row failed, over some time, whoever made
 * them. Any answer closes it again. Safe for several threads.
 */
public final class CircuitBreaker {
  private final int failures;
  private final Duration silence;
  private final Clock clock;
  private int failed;
  private @Nullable Instant since;

  /**
   * A closed one.
   *
   * @param failures in a row that it takes at least
   * @param silence time since the first of them began that it takes at least
   */
  public CircuitBreaker(int failures, Duration silence, Clock clock) {
    this.failures = failures;
    this.silence = silence;
    this.clock = clock;
  }

  /** The far side is there. */
  public synchronized void answered() {
    failed = 0;
    since = null;
  }

  /**
   * An attempt failed.
   *
   * @return whether the far side must be taken for down
   */
  public synchronized boolean failed(Instant startedAt) {
    failed++;
    if (since == null || startedAt.isBefore(since)) {
      since = startedAt;
    }
    return failed >= failures && Duration.between(since, clock.instant()).compareTo(silence) >= 0;
  }
}
