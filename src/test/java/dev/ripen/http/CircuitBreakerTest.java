package dev.ripen.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private final FakeTime time = new FakeTime();
  private final CircuitBreaker breaker = new CircuitBreaker(3, Duration.ofSeconds(45), time);

  private boolean failAfter(int seconds) {
    var startedAt = time.instant();
    time.advance(Duration.ofSeconds(seconds));
    return breaker.failed(startedAt);
  }

  @Test
  void opensOnceFailuresInARowHaveLastedLongEnough() {
    assertThat(failAfter(10)).isFalse();
    assertThat(failAfter(10)).isFalse();
    assertThat(failAfter(10)).isFalse();
    assertThat(failAfter(15)).isTrue();
  }

  @Test
  void doesNotOpenForOneSlowFailure() {
    assertThat(failAfter(110)).isFalse();
    assertThat(failAfter(0)).isFalse();
    assertThat(failAfter(0)).isTrue();
  }

  @Test
  void beginsAnewAfterAnyAnswer() {
    failAfter(40);
    failAfter(4);
    breaker.answered();
    assertThat(failAfter(44)).isFalse();
    assertThat(failAfter(0)).isFalse();
    assertThat(failAfter(0)).isFalse();
    assertThat(failAfter(1)).isTrue();
  }
}
