package dev.ripen.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollingWindowTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final FakeTime time = new FakeTime();

  @Test
  void letsAWholeWindowThroughWithoutWaiting() {
    RollingWindow window = new RollingWindow(100, TEN_SECONDS, time, time);

    for (int i = 0; i < 100; i++) {
      window.acquire();
    }

    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void waitsOneIntervalAfterTheAnswerOnceTheWindowIsUsedUp() {
    RollingWindow window = new RollingWindow(2, TEN_SECONDS, time, time);
    RollingWindow.Slot first = window.acquire();
    window.acquire();
    time.advance(Duration.ofMillis(100));
    first.answered();

    window.acquire();

    assertThat(time.sleeps()).containsExactly(TEN_SECONDS);
  }

  @Test
  void waitsALittleLongerForARequestWithoutAnswer() {
    RollingWindow window = new RollingWindow(1, TEN_SECONDS, time, time);
    window.acquire();

    window.acquire();

    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(10_300));
  }

  @Test
  void usesNearlyTheWholeLimitAndNeverMore() {
    RollingWindow window = new RollingWindow(190, TEN_SECONDS, time, time);
    Random random = new Random(7);
    List<Instant> arrivals = new ArrayList<>();
    Instant end = FakeTime.START.plusSeconds(600);

    while (time.instant().isBefore(end)) {
      RollingWindow.Slot slot = window.acquire();
      time.advance(Duration.ofMillis(random.nextInt(12)));
      arrivals.add(time.instant());
      time.advance(Duration.ofMillis(random.nextInt(12)));
      slot.answered();
    }

    assertThat(mostInTenSeconds(arrivals)).isEqualTo(190);
    assertThat(arrivals).hasSizeGreaterThan((int) (0.97 * 190 * 60));
  }

  @Test
  void learnsAnotherLimitFromTheFarSide() {
    RollingWindow window = new RollingWindow(100, TEN_SECONDS, time, time);
    window.acquire();

    window.learn(3, Duration.ofSeconds(1), 2);
    window.acquire();
    window.acquire();
    assertThat(time.sleeps()).isEmpty();
    window.acquire();

    assertThat(time.instant()).isEqualTo(FakeTime.START.plusMillis(1030));
  }

  @Test
  void countsWhatOthersUsedOfTheSameWindow() {
    RollingWindow window = new RollingWindow(10, TEN_SECONDS, time, time);
    window.acquire();

    window.learn(10, TEN_SECONDS, 1);
    window.acquire();
    assertThat(time.sleeps()).isEmpty();
    window.acquire();

    assertThat(time.sleeps()).containsExactly(TEN_SECONDS);
  }

  @Test
  void letsNobodyThroughDuringAPause() {
    RollingWindow window = new RollingWindow(10, TEN_SECONDS, time, time);
    window.pause(Duration.ofSeconds(4));
    window.pause(Duration.ofSeconds(1));

    window.acquire();

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(4));
  }

  @Test
  void forgetsRequestsFromTheFutureWhenTheClockIsSetBack() {
    RollingWindow window = new RollingWindow(1, TEN_SECONDS, time, time);
    window.acquire();
    time.advance(Duration.ofHours(-1));

    window.acquire();

    assertThat(time.sleeps()).isEmpty();
  }

  private static int mostInTenSeconds(List<Instant> arrivals) {
    int most = 0;
    int oldest = 0;
    for (int newest = 0; newest < arrivals.size(); newest++) {
      while (!arrivals.get(oldest).isAfter(arrivals.get(newest).minus(TEN_SECONDS))) {
        oldest++;
      }
      most = Math.max(most, newest - oldest + 1);
    }
    return most;
  }
}
