package dev.ripen.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Lets at most so many requests through in any window of time, at full speed until they are used
 * up. Safe for several threads, which share the one window.
 *
 * <p>The far side counts a request when it arrives, which is some unknown time after it was sent
 * and before it was answered. So a request counts until one interval and a little more after it was
 * over: two requests that were let through one after the other then arrive further apart than the
 * interval, however long the first was on its way. That costs the time of one answer per window.
 */
public final class RollingWindow {
  /** Clocks that run at different speeds, and far sides that count in coarse ticks. */
  private static final int MARGIN_PERMILLE = 2;

  private final Clock clock;
  private final Sleeper sleeper;

  /** When the slots of requests that are over are free again, those of others among them. */
  private PriorityQueue<Instant> freeTimes = new PriorityQueue<>();

  private int underWay;
  private int max;
  private Duration interval;
  private long sent;
  private Instant pausedUntil = Instant.MIN;
  private Instant lastFree = Instant.MIN;

  public RollingWindow(int max, Duration interval, Clock clock, Sleeper sleeper) {
    requirePositive(max, interval);
    this.max = max;
    this.interval = interval;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** Waits until a request may be sent, and counts it until {@link Slot#over} and a window more. */
  public Slot acquire() {
    while (true) {
      Duration wait;
      synchronized (this) {
        Instant now = clock.instant();
        dropExpired(now);
        if (used() < max && !now.isBefore(pausedUntil)) {
          underWay++;
          return new Slot(++sent, used());
        }
        wait = Duration.between(now, nextChance(now));
      }
      sleeper.sleep(wait);
    }
  }

  /**
   * Takes over what the far side says about its window.
   *
   * @param answered the request whose answer says so
   * @param remaining requests that it would still take; if fewer than can be explained by the
   *     requests of this window, somebody else (or an earlier process) uses the same one, and that
   *     counts as used from now
   */
  public synchronized void learn(Slot answered, int newMax, Duration newInterval, int remaining) {
    requirePositive(newMax, newInterval);
    max = newMax;
    interval = newInterval;
    Instant now = clock.instant();
    dropExpired(now);
    // What has expired since it was sent, or was sent since, may have been in the far side's count.
    long ours = answered.usedWhenSent + (sent - answered.number);
    long usedByOthers = max - Math.max(0, remaining) - ours;
    for (long i = 0; i < usedByOthers; i++) {
      freeAt(now.plus(interval));
    }
  }

  /** Lets nobody through for that time: the far side said that the window is used up. */
  public synchronized void pause(Duration time) {
    Instant until = clock.instant().plus(time);
    if (until.isAfter(pausedUntil)) {
      pausedUntil = until;
    }
  }

  private Instant nextChance(Instant now) {
    if (now.isBefore(pausedUntil)) {
      return pausedUntil;
    }
    // Only when somebody has to wait anyway; there are hundreds.
    List<Instant> times = new ArrayList<>(freeTimes);
    times.addAll(Collections.nCopies(underWay, freeWhenOverAt(now)));
    Collections.sort(times);
    return times.get(used() - max);
  }

  private int used() {
    return freeTimes.size() + underWay;
  }

  private void freeAt(Instant time) {
    freeTimes.add(time);
    lastFree = time.isAfter(lastFree) ? time : lastFree;
  }

  private void dropExpired(Instant now) {
    for (Instant first = freeTimes.peek();
        first != null && !first.isAfter(now);
        first = freeTimes.peek()) {
      freeTimes.remove();
    }
    Instant latest = freeWhenOverAt(now);
    if (lastFree.isAfter(latest)) {
      // The clock was set back, or the interval is shorter than it was: no waiting for hours.
      PriorityQueue<Instant> later = freeTimes;
      freeTimes = new PriorityQueue<>();
      later.forEach(time -> freeTimes.add(time.isAfter(latest) ? latest : time));
      lastFree = latest;
    }
  }

  private Instant freeWhenOverAt(Instant end) {
    return end.plus(interval).plusNanos(interval.toNanos() * MARGIN_PERMILLE / 1000);
  }

  private static void requirePositive(int max, Duration interval) {
    if (max < 1 || interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("a window needs at least one request and some time");
    }
  }

  /** One request of the window. */
  public final class Slot {
    private final long number;
    private final int usedWhenSent;
    private boolean over;

    private Slot(long number, int usedWhenSent) {
      this.number = number;
      this.usedWhenSent = usedWhenSent;
    }

    /**
     * The far side has answered, or nobody waits for its answer any more: it has counted the
     * request by now. Every request must come to this, else it takes its place for ever.
     */
    public void over() {
      synchronized (RollingWindow.this) {
        if (!over) {
          over = true;
          underWay--;
          freeAt(freeWhenOverAt(clock.instant()));
        }
      }
    }
  }
}
