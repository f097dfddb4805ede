package dev.ripen.scoring;

import static dev.ripen.scoring.Models.points;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecayCurveTest {
  @Test
  void halvesExactlyAndRoundsTiesToEven() {
    HalfLifeCurve curve = new HalfLifeCurve(1);
    assertThat(curve.value(5, 1)).isEqualTo(2);
    assertThat(curve.value(7, 1)).isEqualTo(4);
    assertThat(curve.value(-5, 1)).isEqualTo(-2);
    assertThat(curve.value(Long.MAX_VALUE, 63)).isEqualTo(1);
    assertThat(curve.value(Long.MAX_VALUE, 64)).isZero();
    assertThat(curve.value(3, 2000)).isZero();
  }

  /** The square root of two is known to the library, so half days check the table. */
  @Test
  void agreesWithSquareRootsToTheMicroPoint() {
    HalfLifeCurve curve = new HalfLifeCurve(2);
    BigDecimal root = new BigDecimal("0.5").sqrt(new MathContext(80));
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      long points = random.nextLong() >> random.nextInt(63);
      int halvings = random.nextInt(70);
      long expected =
          BigDecimal.valueOf(points)
              .multiply(root)
              .divide(BigDecimal.valueOf(2).pow(halvings))
              .setScale(0, RoundingMode.HALF_EVEN)
              .longValueExact();
      assertThat(curve.value(points, 2L * halvings + 1)).isEqualTo(expected);
    }
  }

  @Test
  void losesAFractionPerPeriodUntilNothingIsLeft() {
    DecayCurve curve = DecayCurve.of(new Decay.Linear(250_000, 30));
    assertThat(curve).isNotNull();
    assertThat(curve.value(points("10"), 29)).isEqualTo(points("10"));
    assertThat(curve.value(points("10"), 30)).isEqualTo(points("7.5"));
    assertThat(curve.value(points("-10"), 119)).isEqualTo(points("-2.5"));
    assertThat(curve.value(points("10"), 120)).isZero();
    assertThat(curve.value(2, 30)).isEqualTo(2);
    assertThat(curve.value(6, 30)).isEqualTo(4);
  }

  @Test
  void expiresAtItsAge() {
    DecayCurve curve = DecayCurve.of(new Decay.Expire(90));
    assertThat(curve).isNotNull();
    assertThat(curve.value(points("10"), 89)).isEqualTo(points("10"));
    assertThat(curve.value(points("10"), 90)).isZero();
  }
}
