package dev.ripen.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What one task has left for asking again. Belongs to one thread. */
public final class RetryBudget {
  private final RetryPolicy policy;
  private final Clock clock;
  private final RandomGenerator random;
  private final Instant startedAt;
  private int repetitions;

  public RetryBudget(RetryPolicy policy, Clock clock, RandomGenerator random) {
    this.policy = policy;
    this.clock = clock;
    this.random = random;
    this.startedAt = clock.instant();
  }

  /** The next wait by the policy, or empty if it is time to give up. */
  public Optional<Duration> nextBackoff() {
    return spend(policy.backoff(repetitions, random));
  }

  /** The given wait, or empty if it would end after the time to give up. */
  public Optional<Duration> nextWait(Duration said) {
    return spend(said);
  }

  /** How often this budget allowed to ask again. */
  public int repetitions() {
    return repetitions;
  }

  /** Time since the first attempt. */
  public Duration elapsed() {
    return Duration.between(startedAt, clock.instant());
  }

  private Optional<Duration> spend(Duration wait) {
    if (elapsed().plus(wait).compareTo(policy.giveUpAfter()) > 0) {
      return Optional.empty();
    }
    repetitions++;
    return Optional.of(wait);
  }
}
