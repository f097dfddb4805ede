package dev.ripen.scoring;

import java.util.Arrays;

/**
 * The times of a rule's latest awards: as many as its frequency allows, the greatest of all
 * versions. If the oldest that counts still falls in the period, the next award is refused.
 * Survives resets.
 */
final class RecentAwards {
  private final long[] ring;
  private int count;
  private int next;

  RecentAwards(int limit) {
    ring = new long[limit];
  }

  private RecentAwards(long[] ring, int count, int next) {
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
    return new RecentAwards(Arrays.copyOf(ring, ring.length), count, next);
  }

  void add(long atMicros) {
    if (ring.length > 0) {
      ring[next] = atMicros;
      next = (next + 1) % ring.length;
      count = Math.min(count + 1, ring.length);
    }
  }

  boolean refuses(Frequency frequency, long atMicros, LocalDay day) {
    int times = timesOf(frequency);
    if (times == 0 || count < times) {
      return false;
    }
    long oldest = ring[Math.floorMod(next - times, ring.length)];
    if (frequency instanceof Frequency.Rolling rolling) {
      return oldest > atMicros - rolling.days() * LocalDay.DAY_MICROS;
    }
    if (frequency instanceof Frequency.Calendar calendar) {
      return oldest >= day.startOf(calendar.bucket());
    }
    return true;
  }

  int limit() {
    return ring.length;
  }

  /** Oldest first. */
  long[] times() {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = ring[Math.floorMod(next - count + i, ring.length)];
    }
    return times;
  }
}
