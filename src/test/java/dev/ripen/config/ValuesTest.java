package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Frequency;
import java.math.BigDecimal;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ValuesTest {
  @Test
  void readsDurations() throws InvalidValue {
    assertThat(Values.duration("30s")).isEqualTo(Duration.ofSeconds(30));
    assertThat(Values.duration("90 min")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Values.duration("26h")).isEqualTo(Duration.ofHours(26));
    assertThat(Values.duration("14d")).isEqualTo(Duration.ofDays(14));
    assertThat(Values.duration("2w")).isEqualTo(Duration.ofDays(14));
    assertThat(Values.days("48h")).isEqualTo(2);
  }

  @Test
  void refusesDurationsThatCouldMeanTwoThings() {
    assertRefused(() -> Values.duration("3m"), "`m` could be minutes or months");
    assertRefused(() -> Values.duration("3M"), "`M` is not a unit of time");
    assertRefused(() -> Values.duration("3"), "a duration needs a unit");
    assertRefused(() -> Values.duration("1.5d"), "not a duration");
    assertRefused(() -> Values.duration("-1d"), "not a duration");
    assertRefused(() -> Values.days("0d"), "less than a day");
    assertRefused(() -> Values.days("36h"), "not whole days");
  }

  @Test
  void readsSharesAsFractions() throws InvalidValue {
    assertThat(Values.fraction("20%")).isEqualTo(new BigDecimal("0.2"));
    assertThat(Values.fraction("12.5 %")).isEqualTo(new BigDecimal("0.125"));
    assertThat(Values.fraction("0.10")).isEqualTo(new BigDecimal("0.1"));
    assertThat(Values.fraction("100%")).isEqualTo(new BigDecimal("1"));
    assertThat(Values.fraction("0%")).isEqualTo(BigDecimal.ZERO);
    assertRefused(() -> Values.fraction("20"), "a share is at most 1");
    assertRefused(() -> Values.fraction("-5%"), "not a share from 0% to 100%");
  }

  @Test
  void readsPointsExactly() throws InvalidValue {
    assertThat(Values.points("15")).isEqualTo(15_000_000);
    assertThat(Values.points("-2.5")).isEqualTo(-2_500_000);
    assertThat(Values.points("0.1234560")).isEqualTo(123_456);
    assertRefused(() -> Values.points("+15"), "a plus sign is not needed");
    assertRefused(() -> Values.points("0.1234567"), "points have at most six decimal places");
    assertRefused(() -> Values.points("1e3"), "not a number of points");
    assertRefused(() -> Values.points("99999999999999999"), "too many points");
  }

  @Test
  void readsFrequencies() throws InvalidValue {
    assertThat(Values.frequency("once")).isEqualTo(new Frequency.Once());
    assertThat(Values.frequency("3 per 7 days")).isEqualTo(new Frequency.Rolling(3, 7));
    assertThat(Values.frequency("1 per day")).isEqualTo(new Frequency.Rolling(1, 1));
    assertThat(Values.frequency("2 per 2  weeks")).isEqualTo(new Frequency.Rolling(2, 14));
    assertThat(Values.frequency("1 per month")).isEqualTo(new Frequency.Rolling(1, 30));
    assertThat(Values.frequency("1 per calendar month"))
        .isEqualTo(new Frequency.Calendar(1, Frequency.Bucket.MONTH));
    assertRefused(() -> Values.frequency("twice"), "not a frequency");
    assertRefused(() -> Values.frequency("1 per hour"), "not a frequency");
    assertRefused(() -> Values.frequency("0 per day"), "not a whole number from 1 on");
  }

  @Test
  void readsLinearDecay() throws InvalidValue {
    assertThat(Values.linear("25% per 30d")).isEqualTo(new Decay.Linear(250_000, 30));
    assertThat(Values.linear("0.5 per 1w")).isEqualTo(new Decay.Linear(500_000, 7));
    assertRefused(() -> Values.linear("25%"), "not a linear decay");
    assertRefused(
        () -> Values.linear("0% per 30d"),
        "the share lost must be above 0% and have at most four decimal places");
  }

  private static void assertRefused(ThrowingCallable call, String why) {
    assertThatThrownBy(call).isInstanceOf(InvalidValue.class).hasMessage(why);
  }
}
