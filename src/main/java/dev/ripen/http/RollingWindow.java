package dev.ripen.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  private final List<Slot> used = new ArrayList<>();
  private int max;
  private Duration interval;
  private long sent;
  private Instant pausedUntil = Instant.MIN;

  /** No slot is free before it, and none after {@link #lastFree}. */
  private Instant firstFree = Instant.MAX;

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
        if (used.size() < max && !now.isBefore(pausedUntil)) {
          Slot slot = new Slot(++sent, used.size() + 1);
          used.add(slot);
          return slot;
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
      Slot slot = new Slot(sent, 0);
      freeAt(slot, now.plus(interval));
      used.add(slot);
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
    Instant ifOverNow = freeWhenOverAt(now);
    // Slots are unordered, because answers come back out of order; there are only hundreds.
    List<Instant> freeTimes =
        used.stream().map(slot -> slot.freeAt == null ? ifOverNow : slot.freeAt).sorted().toList();
    return freeTimes.get(used.size() - max);
  }

  private void freeAt(Slot slot, Instant time) {
    slot.freeAt = time;
    firstFree = time.isBefore(firstFree) ? time : firstFree;
    lastFree = time.isAfter(lastFree) ? time : lastFree;
  }

  private void dropExpired(Instant now) {
    Instant latest = freeWhenOverAt(now);
    if (now.isBefore(firstFree) && !lastFree.isAfter(latest)) {
      return;
    }
    firstFree = Instant.MAX;
    lastFree = Instant.MIN;
    used.removeIf(slot -> slot.freeAt != null && !slot.freeAt.isAfter(now));
    for (Slot slot : used) {
      if (slot.freeAt != null) {
        // The clock was set back, or the interval is shorter than it was: no waiting for hours.
        freeAt(slot, slot.freeAt.isAfter(latest) ? latest : slot.freeAt);
      }
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
    private @Nullable Instant freeAt;

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
        if (freeAt == null) {
          RollingWindow.this.freeAt(this, freeWhenOverAt(clock.instant()));
        }
      }
    }
  }
}
