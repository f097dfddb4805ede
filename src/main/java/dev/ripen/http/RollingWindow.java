package dev.ripen.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets at most so many requests through in any window of time, at full speed until they are used
 * up. Safe for several threads, which share the one window.
 *
 * <p>The far side counts requests when they arrive, which is after they were sent and before they
 * were answered. So a request counts until one interval after its answer, or at the latest until
 * one interval and 3 % after it was sent: a rolling window on the far side is not exceeded, and at
 * least 97 % of it can be used.
 */
public final class RollingWindow {
  private static final int TRAVEL_PERCENT = 3;

  private final Clock clock;
  private final Sleeper sleeper;
  private final List<Slot> used = new ArrayList<>();
  private int max;
  private Duration interval;
  private Instant pausedUntil = Instant.MIN;

  public RollingWindow(int max, Duration interval, Clock clock, Sleeper sleeper) {
    requirePositive(max, interval);
    this.max = max;
    this.interval = interval;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** Waits until a request may be sent, and counts it. */
  public Slot acquire() {
    while (true) {
      Duration wait;
      synchronized (this) {
        Instant now = clock.instant();
        dropExpired(now);
        if (used.size() < max && !now.isBefore(pausedUntil)) {
          return add(now, now.plus(interval).plus(travelTime()));
        }
        wait = Duration.between(now, nextChance(now));
      }
      sleeper.sleep(wait);
    }
  }

  /**
   * Takes over what the far side says about its window.
   *
   * @param remaining requests that it would still take; if fewer than counted here, somebody else
   *     (or an earlier process) uses the same window, and that counts as used from now
   */
  public synchronized void learn(int newMax, Duration newInterval, int remaining) {
    requirePositive(newMax, newInterval);
    max = newMax;
    interval = newInterval;
    Instant now = clock.instant();
    dropExpired(now);
    int usedByOthers = max - Math.max(0, remaining) - used.size();
    for (int i = 0; i < usedByOthers; i++) {
      add(now, now.plus(interval));
    }
  }

  /** Lets nobody through for that time: the far side said that the window is used up. */
  public synchronized void pause(Duration time) {
    Instant until = clock.instant().plus(time);
    if (until.isAfter(pausedUntil)) {
      pausedUntil = until;
    }
  }

  private Slot add(Instant sentAt, Instant freeAt) {
    Slot slot = new Slot(sentAt, freeAt);
    used.add(slot);
    return slot;
  }

  private Instant nextChance(Instant now) {
    if (now.isBefore(pausedUntil)) {
      return pausedUntil;
    }
    // Slots are unordered, because answers come back out of order; there are only hundreds.
    List<Instant> freeTimes = used.stream().map(slot -> slot.freeAt).sorted().toList();
    return freeTimes.get(used.size() - max);
  }

  private void dropExpired(Instant now) {
    // A slot from the future means that the clock was set back: waiting for it could take hours.
    used.removeIf(slot -> !slot.freeAt.isAfter(now) || slot.sentAt.isAfter(now));
  }

  private Duration travelTime() {
    return Duration.ofNanos(interval.toNanos() * TRAVEL_PERCENT / 100);
  }

  private static void requirePositive(int max, Duration interval) {
    if (max < 1 || interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("a window needs at least one request and some time");
    }
  }

  /** One request of the window. */
  public final class Slot {
    private final Instant sentAt;
    private Instant freeAt;

    private Slot(Instant sentAt, Instant freeAt) {
      this.sentAt = sentAt;
      this.freeAt = freeAt;
    }

    /** The far side has answered, so it has counted the request by now. */
    public void answered() {
      synchronized (RollingWindow.this) {
        Instant sure = clock.instant().plus(interval);
        if (sure.isBefore(freeAt)) {
          freeAt = sure;
        }
      }
    }
  }
}
