package dev.ripen.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** What is written by hand because it is written so often, against what the JDK writes. */
final class TextsTest {
  @Property
  void writesPointsAsABigDecimalDoes(@ForAll long micros) {
    BigDecimal points = BigDecimal.valueOf(micros, 6).stripTrailingZeros();
    assertThat(Points.text(micros)).isEqualTo(points.toPlainString());
  }

  @Property
  void writesFewPointsAsABigDecimalDoes(@ForAll @LongRange(min = -200, max = 200) long tenths) {
    writesPointsAsABigDecimalDoes(tenths * 100_000);
    writesPointsAsABigDecimalDoes(tenths);
  }

  @Property
  void writesInstantsAsTheJdkDoes(@ForAll long micros) {
    assertThat(text(micros)).isEqualTo(Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString());
  }

  @Property
  void writesInstantsOfOurTimesAsTheJdkDoes(
      @ForAll @LongRange(min = -40_000_000_000_000L, max = 300_000_000_000_000L) long millis) {
    writesInstantsAsTheJdkDoes(millis * 1000);
    writesInstantsAsTheJdkDoes(millis * 1000 + 1);
    writesInstantsAsTheJdkDoes(millis / 1000 * 1_000_000);
  }

  private static String text(long micros) {
    StringBuilder text = new StringBuilder();
    InstantText.append(micros, text);
    return text.toString();
  }
}
