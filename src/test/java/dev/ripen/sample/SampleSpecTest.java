package dev.ripen.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SampleSpecTest {
  private static final Instant END = Instant.parse("2026-11-20T05:00:00Z");

  @Test
  void asksForSixtyEventsPerContactUnlessToldOtherwise() {
    assertThat(new SampleSpec(200, 90, OptionalLong.empty(), 1, END).targetEvents())
        .isEqualTo(12_000);
    assertThat(new SampleSpec(200, 90, OptionalLong.of(7), 1, END).targetEvents()).isEqualTo(7);
  }

  @Test
  void standardSampleEndsWhenTheSampleProjectSaysItIs() {
    assertThat(SampleSpec.standard())
        .isEqualTo(new SampleSpec(20_000, 90, OptionalLong.empty(), 20_261_120L, END));
  }

  @Test
  void refusesFewerThanAHundredContacts() {
    assertThatThrownBy(() -> new SampleSpec(99, 90, OptionalLong.empty(), 1, END))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        Problem.of(
                            ErrorCode.USAGE_INVALID,
                            "--contacts 99 is out of range",
                            "Give 100 to 10000000.")));
  }

  @Test
  void refusesNegativeEventsAndTooFewDays() {
    assertThatThrownBy(() -> new SampleSpec(200, 90, OptionalLong.of(-1), 1, END))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("--events -1");
    assertThatThrownBy(() -> new SampleSpec(200, 3, OptionalLong.empty(), 1, END))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("--days 3");
  }
}
