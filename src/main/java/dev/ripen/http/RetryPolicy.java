package dev.ripen.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before asking again, and when to stop asking.
 *
 * @param base before the first repetition; doubles with each
 * @param ceiling longest single wait
 * @param giveUpAfter time since the first attempt after which no further one starts
 */
public record RetryPolicy(Duration base, Duration ceiling, Duration giveUpAfter) {
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(5));

  private static final int MOST_DOUBLINGS = 20;

  public RetryPolicy {
    if (base.isNegative() || base.isZero() || ceiling.compareTo(base) < 0) {
      throw new IllegalArgumentException("need 0 < base <= ceiling");
    }
    if (giveUpAfter.isNegative()) {
      throw new IllegalArgumentException("giveUpAfter must not be negative");
    }
  }

  /**
   * The wait before a repetition: between half and the whole of the doubled base, so that callers
   * that failed together do not come back together.
   *
   * @param repetition 0 for the first
   */
  public Duration backoff(int repetition, RandomGenerator random) {
    long doubled = base.toMillis() << Math.min(repetition, MOST_DOUBLINGS);
    long most = Math.max(2, Math.min(doubled, ceiling.toMillis()));
    return Duration.ofMillis(most / 2 + random.nextLong(most - most / 2 + 1));
  }
}
