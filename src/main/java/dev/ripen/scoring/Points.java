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
    BigDecimal points = BigDecimal.valueOf(microPoints, 6).stripTrailingZeros();
    return points.signum() == 0 ? "0" : points.toPlainString();
  }
}
