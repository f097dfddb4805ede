package dev.ripen.http;

import java.util.concurrent.CancellationException;

/**
 * Bounds the requests that are under way at the same time. Halves when the far side is overwhelmed,
 * once for all requests that were under way together, and recovers one by one, each after as many
 * answers as ten rounds have. Safe for several threads.
 */
public final class InFlightLimit {
  private static final int ROUNDS_TO_RECOVER = 10;

  private final int most;
  private int limit;
  private int underWay;
  private int answers;
  private long started;
  private long startedWhenLowered;

  public InFlightLimit(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one request must be allowed");
    }
    this.most = most;
    this.limit = most;
  }

  /**
   * Waits for its turn; {@link #release} must follow.
   *
   * @return the number of the request, from 1
   * @throws CancellationException if the thread is interrupted; its interrupt flag stays set
   */
  public synchronized long acquire() {
    try {
      while (underWay >= limit) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a free connection");
    }
    underWay++;
    return ++started;
  }

  public synchronized void release() {
    underWay--;
    answers++;
    if (limit < most && answers >= limit * ROUNDS_TO_RECOVER) {
      limit++;
      answers = 0;
    }
    notifyAll();
  }

  /**
   * Halves the limit, but not below one. Of the requests that started before it was last lowered
   * none lowers it again: one moment of trouble is told as often as requests are under way.
   *
   * @param request number of the request whose answer says that it was too much
   */
  public synchronized void lower(long request) {
    if (request > startedWhenLowered) {
      startedWhenLowered = started;
      limit = Math.max(1, limit / 2);
      answers = 0;
    }
  }

  /** Requests that may be under way now. */
  public synchronized int current() {
    return limit;
  }
}
