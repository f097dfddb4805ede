package dev.ripen.scoring;

import java.time.Instant;
import java.time.LocalDate;

/** Writes instants as {@link Instant#toString} does, without its general formatter. Pure. */
final class InstantText {
  private static final long DAY_SECONDS = 86_400;

  private InstantText() {}

  static void append(long micros, StringBuilder text) {
    long seconds = Math.floorDiv(micros, Points.MICRO);
    int rest = (int) Math.floorMod(micros, Points.MICRO);
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, DAY_SECONDS));
    if (date.getYear() < 1000 || date.getYear() > 9999) {
      // They have signs, or other zeros.
      text.append(Instant.ofEpochSecond(seconds, rest * 1000L));
      return;
    }
    int second = (int) Math.floorMod(seconds, DAY_SECONDS);
    digits(date.getYear(), 1000, text);
    digits(date.getMonthValue(), 10, text.append('-'));
    digits(date.getDayOfMonth(), 10, text.append('-'));
    digits(second / 3600, 10, text.append('T'));
    digits(second / 60 % 60, 10, text.append(':'));
    digits(second % 60, 10, text.append(':'));
    if (rest % 1000 != 0) {
      digits(rest, 100_000, text.append('.'));
    } else if (rest != 0) {
      digits(rest / 1000, 100, text.append('.'));
    }
    text.append('Z');
  }

  /** As many as from a first place on. */
  private static void digits(int number, int firstPlace, StringBuilder text) {
    for (int place = firstPlace; place > 0; place /= 10) {
      text.append((char) ('0' + number / place % 10));
    }
  }
}
