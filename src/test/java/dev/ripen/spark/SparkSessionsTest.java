package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SparkSessionsTest {
  private final TimeZone before = TimeZone.getDefault();

  @AfterEach
  void restore() {
    TimeZone.setDefault(before);
  }

  /** London is at UTC in winter only. */
  @ParameterizedTest
  @ValueSource(strings = {"America/Los_Angeles", "Asia/Kolkata", "Europe/London"})
  void doesNotStartInAnotherZoneThanUtc(String zone) {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> SparkSessions.start(Map.of()));
    assertThat(refused.problems())
        .containsExactly(
            Problem.of(
                ErrorCode.USAGE_INVALID,
                "the JVM's time zone is " + zone + ", it must be UTC",
                "start ripen with scripts/ripen, or add -Duser.timezone=UTC to the JVM's options"));
  }
}
