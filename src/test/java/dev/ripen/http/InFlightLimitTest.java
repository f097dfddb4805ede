package dev.ripen.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {
  @Test
  void halvesButNotBelowOne() {
    InFlightLimit limit = new InFlightLimit(8);

    lower(limit);
    assertThat(limit.current()).isEqualTo(4);
    lower(limit);
    lower(limit);
    lower(limit);
    assertThat(limit.current()).isEqualTo(1);
  }

  @Test
  void halvesOnceForRequestsThatWereUnderWayTogether() {
    InFlightLimit limit = new InFlightLimit(8);
    List<Long> together = Stream.generate(limit::acquire).limit(8).toList();

    together.forEach(
        request -> {
          limit.release();
          limit.lower(request);
        });

    assertThat(limit.current()).isEqualTo(4);
    lower(limit);
    assertThat(limit.current()).isEqualTo(2);
  }

  @Test
  void recoversOneByOneAfterTenRoundsOfAnswers() {
    InFlightLimit limit = new InFlightLimit(4);
    long first = limit.acquire();
    limit.lower(first);

    answer(limit, 1);
    limit.release();
    answer(limit, 17);
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

  private static void lower(InFlightLimit limit) {
    long request = limit.acquire();
    limit.release();
    limit.lower(request);
  }

  private static void answer(InFlightLimit limit, int times) {
    for (int i = 0; i < times; i++) {
      limit.acquire();
      limit.release();
    }
  }
}
