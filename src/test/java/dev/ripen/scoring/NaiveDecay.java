package dev.ripen.scoring;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Decay a second time, without tables and without irrational numbers. */
final class NaiveDecay {
  private NaiveDecay() {}

  static long value(Decay decay, long points, int age) {
    if (decay instanceof Decay.HalfLife halfLife) {
      return halved(points, age, halfLife.days());
    }
    if (decay instanceof Decay.Linear linear) {
      BigDecimal lost =
          BigDecimal.valueOf(linear.microFraction(), 6)
              .multiply(BigDecimal.valueOf(age / linear.days()));
      return BigDecimal.ONE
          .subtract(lost)
          .max(BigDecimal.ZERO)
          .multiply(BigDecimal.valueOf(points))
          .setScale(0, RoundingMode.HALF_EVEN)
          .longValueExact();
    }
    if (decay instanceof Decay.Expire expire) {
      return age >= expire.days() ? 0 : points;
    }
    return points;
  }

  /**
   * Rounds {@code x = points·2^(−age/days)} in whole numbers: {@code n ≤ x} if and only if {@code
   * (2n)^days·2^age ≤ (2·points)^days}.
   */
  private static long halved(long points, int age, int days) {
    BigInteger twice = BigInteger.valueOf(Math.abs(points)).shiftLeft(1).pow(days);
    long near = Math.round(Math.abs(points) * Math.pow(2, -(double) age / days)) - 2;
    long value = Math.max(0, near);
    while (true) {
      // Whether x lies above the middle between value and value + 1.
      BigInteger middle = BigInteger.valueOf(2 * value + 1).pow(days).shiftLeft(age);
      int order = twice.compareTo(middle);
      if (order < 0 || (order == 0 && value % 2 == 0)) {
        return points < 0 ? -value : value;
      }
      value++;
    }
  }
}
