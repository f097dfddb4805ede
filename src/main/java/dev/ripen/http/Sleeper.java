package dev.ripen.http;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/** Waiting, as a seam: tests pass one that only moves their clock. Safe for several threads. */
@FunctionalInterface
public interface Sleeper {
  /**
   * Returns when the time is over; at once if it is zero or negative.
   *
   * @throws CancellationException if the thread is interrupted; its interrupt flag stays set
   */
  void sleep(Duration time);

  /** Really waits. */
  static Sleeper system() {
    return time -> {
      if (time.isNegative() || time.isZero()) {
        return;
      }
      try {
        Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting");
      }
    };
  }
}
