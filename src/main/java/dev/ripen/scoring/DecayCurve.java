package dev.ripen.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What an award is worth at an age: {@code round-half-even(points × factor(age))}, always from the
 * original award. Exact, so the same on every machine. Once zero, zero for ever.
 */
interface DecayCurve {
  long value(long microPoints, long age);

  /** For people, for example {@code 2^(−13/14)}. */
  String factorText(long age);

  /** Null for no decay. */
  static @Nullable DecayCurve of(Decay decay) {
    if (decay instanceof Decay.HalfLife halfLife) {
      return new HalfLifeCurve(positive(halfLife.days()));
    }
    if (decay instanceof Decay.Linear linear) {
      return new LinearCurve(linear.microFraction(), positive(linear.days()));
    }
    if (decay instanceof Decay.Expire expire) {
      return new ExpireCurve(positive(expire.days()));
    }
    return null;
  }

  private static int positive(int days) {
    if (days < 1) {
      throw new IllegalArgumentException("decay needs at least one day, not " + days);
    }
    return days;
  }

  /** Factor {@code max(0, 1 − fraction·⌊age/days⌋)}. */
  record LinearCurve(long microFraction, int days) implements DecayCurve {
    @Override
    public long value(long microPoints, long age) {
      long factor = microFactor(age);
      if (factor == Points.MICRO) {
        return microPoints;
      }
      return BigDecimal.valueOf(microPoints)
          .multiply(BigDecimal.valueOf(factor, 6))
          .setScale(0, RoundingMode.HALF_EVEN)
          .longValueExact();
    }

    @Override
    public String factorText(long age) {
      return Points.text(microFactor(age));
    }

    private long microFactor(long age) {
      long steps = age / days;
      if (steps == 0 || microFraction == 0) {
        return Points.MICRO;
      }
      return steps > Points.MICRO / microFraction ? 0 : Points.MICRO - microFraction * steps;
    }
  }

  /** Factor 1 until the age reaches {@code days}, then 0. */
  record ExpireCurve(int days) implements DecayCurve {
    @Override
    public long value(long microPoints, long age) {
      return age < days ? microPoints : 0;
    }

    @Override
    public String factorText(long age) {
      return age < days ? "1" : "0";
    }
  }
}
