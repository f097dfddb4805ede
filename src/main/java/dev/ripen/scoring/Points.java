package dev.ripen.scoring;

import java.math.BigDecimal;

/** Points are decimals with six places, held as whole micro-points. */
public final class Points {
  /** Micro-points in a point. */
  public static final long MICRO = 1_000_000L;

  private Points() {}

  /**
   * Reads points, for example {@code 12.5}.
   *
   * @throws ArithmeticException with more than six places, or beyond the range of a long
   */
  public static long micro(BigDecimal points) {
    return points.movePointRight(6).longValueExact();
  }

  /** For people: without trailing zeros, {@code 15.76135}. */
  public static String text(long microPoints) {
    long whole = microPoints / MICRO;
    long rest = Math.abs(microPoints % MICRO);
    if (rest == 0) {
      return Long.toString(whole);
    }
    StringBuilder text = new StringBuilder(24);
    if (microPoints < 0) {
      text.append('-');
    }
    text.append(Math.abs(whole)).append('.');
    for (long place = MICRO / 10; rest > 0; place /= 10) {
      text.append((char) ('0' + rest / place));
      rest %= place;
    }
    return text.toString();
  }
}
