package dev.ripen.sandbox;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The one way the API prints an instant: UTC, milliseconds. */
final class Instants {
  private Instants() {}

  /** By hand: an answer has hundreds of them, and a formatter took an eighth of its time. */
  static String text(long epochMillis) {
    long seconds = Math.floorDiv(epochMillis, 1000L);
    LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(24);
    digits(text, time.getYear(), 4).append('-');
    digits(text, time.getMonthValue(), 2).append('-');
    digits(text, time.getDayOfMonth(), 2).append('T');
    digits(text, time.getHour(), 2).append(':');
    digits(text, time.getMinute(), 2).append(':');
    digits(text, time.getSecond(), 2).append('.');
    return digits(text, Math.floorMod(epochMillis, 1000), 3).append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    return text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }
}
