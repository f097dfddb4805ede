package dev.ripen.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When things happen: by day in the local working week, with busier and quieter weeks. All in
 * microseconds since 1970 UTC.
 */
final class Hours {
  static final long SECOND = 1_000_000L;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  private static final int[] BY_LOCAL_HOUR = {
    1, 1, 1, 1, 1, 2, 4, 10, 22, 34, 38, 34, 24, 28, 34, 32, 26, 18, 12, 10, 10, 8, 5, 2
  };
  private static final int[] BY_WEEKDAY = {96, 100, 98, 90, 70, 16, 20};
  private static final int ATTEMPTS = 24;

  private final long seed;
  private final long start;
  private final long end;

  Hours(SampleSpec spec) {
    this.seed = spec.seed();
    this.end = ChronoUnit.MICROS.between(Instant.EPOCH, spec.end());
    this.start = end - spec.days() * DAY;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  /** An instant in [from, to], if possible in somebody's waking hours. */
  long between(Dice dice, Country country, long from, long to) {
    long low = Math.min(from, to);
    long firstDay = Math.floorDiv(low, DAY);
    long lastDay = Math.floorDiv(to, DAY);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long day = dice.between(firstDay, lastDay);
      int hour = dice.weighted(BY_LOCAL_HOUR);
      long within = dice.between(0, HOUR - 1);
      if (dice.below(100) >= weight(day)) {
        continue;
      }
      long at = day * DAY + (hour - country.hoursEastOfUtc) * HOUR + within;
      if (at >= low && at <= to) {
        return at;
      }
    }
    return dice.between(low, to);
  }

  private int weight(long epochDay) {
    int weekday = (int) Math.floorMod(epochDay + 3, 7L);
    long week = Math.floorDiv(epochDay + 3, 7L);
    int busy = 70 + new Dice(seed, 4, week).below(31);
    return BY_WEEKDAY[weekday] * busy / 100;
  }
}
