package dev.ripen.scoring;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * From one local midnight to the next. The day of an instant is that of the last midnight before
 * it, which is the local date but for the hour after a clock went back across midnight.
 *
 * @param startMicros local midnight, {@code date.atStartOfDay(zone)}
 * @param nextMicros the next one
 */
record LocalDay(ZoneId zone, LocalDate date, long startMicros, long nextMicros) {
  static final long DAY_MICROS = 86_400_000_000L;
  private static final long SECOND_MICROS = 1_000_000L;

  static LocalDay of(long micros, ZoneId zone) {
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, SECOND_MICROS));
    LocalDate date = LocalDate.ofInstant(instant, zone);
    LocalDay day = of(date, zone);
    return micros < day.nextMicros ? day : of(date.plusDays(1), zone);
  }

  private static LocalDay of(LocalDate date, ZoneId zone) {
    return new LocalDay(zone, date, start(date, zone), start(date.plusDays(1), zone));
  }

  private static long start(LocalDate date, ZoneId zone) {
    return Math.multiplyExact(date.atStartOfDay(zone).toEpochSecond(), SECOND_MICROS);
  }

  /** The first local midnight at or after an instant. */
  static long midnightFrom(long micros, ZoneId zone) {
    LocalDay day = of(micros, zone);
    return day.startMicros == micros ? micros : day.nextMicros;
  }

  boolean contains(long micros) {
    return startMicros <= micros && micros < nextMicros;
  }

  /** Completed 24-hour periods between an instant and this day's midnight. */
  long ageOf(long micros) {
    return micros >= startMicros ? 0 : (startMicros - micros) / DAY_MICROS;
  }

  long startOf(Frequency.Bucket bucket) {
    return switch (bucket) {
      case DAY -> startMicros;
      case WEEK -> start(date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), zone);
      case MONTH -> start(date.withDayOfMonth(1), zone);
    };
  }
}
