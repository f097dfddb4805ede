package dev.ripen.scoring;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Factor {@code 2^(−age/days)}.
 *
 * <p>One multiplication to 128 bits by a factor of 63 bits settles nearly every award; where the
 * result lies so close to a tie that the factor's last bit could turn it, sixty digits decide.
 */
final class HalfLifeCurve implements DecayCurve {
  private static final MathContext DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal TWO_TO_63 = TWO.pow(63);
  private static final BigDecimal LN_2 = ln2();

  private final int days;

  /** {@code 2^(−i/days)} for i below {@code days}. */
  private final BigDecimal[] factors;

  private final long[] scaledFactors;

  HalfLifeCurve(int days) {
    this.days = days;
    factors = new BigDecimal[days];
    scaledFactors = new long[days];
    BigDecimal root = exp(LN_2.negate().divide(BigDecimal.valueOf(days), DIGITS));
    factors[0] = BigDecimal.ONE;
    for (int i = 1; i < days; i++) {
      factors[i] = factors[i - 1].multiply(root, DIGITS);
      scaledFactors[i] =
          factors[i].multiply(TWO_TO_63).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }
  }

  @Override
  public long value(long microPoints, long age) {
    if (age <= 0) {
      return microPoints;
    }
    long halvings = age / days;
    if (halvings >= 64) {
      return 0;
    }
    long size = Math.absExact(microPoints);
    int rest = (int) (age % days);
    long value = rest == 0 ? halve(size, (int) halvings) : multiply(size, rest, (int) halvings);
    return microPoints < 0 ? -value : value;
  }

  @Override
  public String factorText(long age) {
    return "2^(−" + age + "/" + days + ")";
  }

  private static long halve(long size, int halvings) {
    long whole = size >>> halvings;
    long rest = size & ((1L << halvings) - 1);
    long half = 1L << (halvings - 1);
    boolean up = rest > half || (rest == half && (whole & 1) == 1);
    return up ? whole + 1 : whole;
  }

  private long multiply(long size, int rest, int halvings) {
    long high = Math.multiplyHigh(size, scaledFactors[rest]);
    long low = size * scaledFactors[rest];
    // The product is divided by 2^(63 + halvings): its whole part, and 64 bits of its fraction.
    long whole;
    long fraction;
    if (halvings == 0) {
      whole = (high << 1) | (low >>> 63);
      fraction = low << 1;
    } else if (halvings == 1) {
      whole = high;
      fraction = low;
    } else {
      int shift = halvings - 1;
      whole = high >>> shift;
      fraction = (high << (64 - shift)) | (low >>> shift);
    }
    long beyondHalf = fraction + Long.MIN_VALUE;
    long doubt = (size >>> halvings) + 2;
    if (beyondHalf >= -doubt && beyondHalf <= doubt) {
      return exactly(size, rest, halvings);
    }
    return beyondHalf > 0 ? whole + 1 : whole;
  }

  private long exactly(long size, int rest, int halvings) {
    return BigDecimal.valueOf(size)
        .multiply(factors[rest])
        .divide(TWO.pow(halvings))
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /** For x between −1 and 0. */
  private static BigDecimal exp(BigDecimal x) {
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; i < 60; i++) {
      term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }

  /** The series of {@code 2·artanh(1/3)}. */
  private static BigDecimal ln2() {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal power = TWO.divide(BigDecimal.valueOf(3), DIGITS);
    for (int i = 1; i < 140; i += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(i), DIGITS), DIGITS);
      power = power.divide(BigDecimal.valueOf(9), DIGITS);
    }
    return sum;
  }
}
