package dev.ripen.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {
  @Test
  void halvesButNotBelowOne() {
    InFlightLimit limit = new InFlightLimit(8);
    limit.lower();
    assertThat(limit.current()).isEqualTo(4);
    limit.lower();
    limit.lower();
    limit.lower();
    assertThat(limit.current()).isEqualTo(1);
  }

  @Test
  void recoversOneByOneAfterTenRoundsOfAnswers() {
    InFlightLimit limit = new InFlightLimit(4);
    limit.lower();

    answer(limit, 19);
    assertThat(limit.current()).isEqualTo(2);
    answer(limit, 1);
    assertThat(limit.current()).isEqualTo(3);
    answer(limit, 1000);
    assertThat(limit.current()).isEqualTo(4);
  }

  @Test
  void isCancelledByAnInterrupt() {
    InFlightLimit limit = new InFlightLimit(1);
    limit.acquire();
    Thread.currentThread().interrupt();

    assertThatThrownBy(limit::acquire).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void answer(InFlightLimit limit, int times) {
    for (int i = 0; i < times; i++) {
      limit.acquire();
      limit.release();
    }
  }
}
