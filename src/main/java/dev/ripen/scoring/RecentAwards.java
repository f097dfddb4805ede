package dev.ripen.scoring;

import java.util.Arrays;

/**
 * The times of a rule's latest awards: as many as its frequency allows, the greatest of all
 * versions. If the oldest that counts still falls in the period, the next award is refused.
 * Survives resets.
 */
final class RecentAwards {
  private static final long[] NONE = {};

  private final int limit;

  /** Grows to the limit; from then on the next award takes the place of the oldest. */
  private long[] ring;

  private int count;
  private int next;

  RecentAwards(int limit) {
    this(limit, NONE, 0, 0);
  }

  private RecentAwards(int limit, long[] ring, int count, int next) {
    this.limit = limit;
    this.ring = ring;
    this.count = count;
    this.next = next;
  }

  /** How many awards a frequency needs to remember. */
  static int timesOf(Frequency frequency) {
    if (frequency instanceof Frequency.Rolling rolling) {
      return rolling.times();
    }
    if (frequency instanceof Frequency.Calendar calendar) {
      return calendar.times();
    }
    return frequency instanceof Frequency.Once ? 1 : 0;
  }

  RecentAwards copy() {
    return new RecentAwards(limit, Arrays.copyOf(ring, ring.length), count, next);
  }

  void add(long atMicros) {
    if (limit == 0) {
      return;
    }
    if (next == ring.length) {
      ring = Arrays.copyOf(ring, (int) Math.min(limit, Math.max(4, ring.length * 2L)));
    }
    ring[next] = atMicros;
    next = next + 1 == limit ? 0 : next + 1;
    count = Math.min(count + 1, limit);
  }

  boolean refuses(Frequency frequency, long atMicros, LocalDay day) {
    int times = timesOf(frequency);
    if (times == 0 || count < times) {
      return false;
    }
    long oldest = ring[place(times)];
    if (frequency instanceof Frequency.Rolling rolling) {
      return oldest > atMicros - rolling.days() * LocalDay.DAY_MICROS;
    }
    if (frequency instanceof Frequency.Calendar calendar) {
      return oldest >= day.startOf(calendar.bucket());
    }
    return true;
  }

  int limit() {
    return limit;
  }

  /** How many it remembers now. */
  int count() {
    return count;
  }

  /** One of them: 0 is the oldest. */
  long at(int index) {
    return ring[place(count - index)];
  }

  /** Where the award is that was made so many awards ago; 1: the latest. */
  private int place(int ago) {
    return next >= ago ? next - ago : next - ago + ring.length;
  }
}
