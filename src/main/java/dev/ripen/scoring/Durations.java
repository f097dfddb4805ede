package dev.ripen.scoring;

/** Lengths of windows for people. */
public final class Durations {
  private static final long MINUTE = 60_000_000L;
  private static final long HOUR = 60 * MINUTE;

  private Durations() {}

  /** In the largest unit that needs no fraction, for example {@code 40 days} or {@code 1 hour}. */
  public static String text(long micros) {
    if (micros % LocalDay.DAY_MICROS == 0) {
      return count(micros / LocalDay.DAY_MICROS, "day");
    }
    if (micros % HOUR == 0) {
      return count(micros / HOUR, "hour");
    }
    return micros % MINUTE == 0
        ? count(micros / MINUTE, "minute")
        : count(micros / 1_000_000L, "second");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
