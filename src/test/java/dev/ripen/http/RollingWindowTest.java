package dev.ripen.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
  void waitsOneIntervalAndALittleAfterTheAnswerOnceTheWindowIsUsedUp() {
    RollingWindow window = new RollingWindow(2, TEN_SECONDS, time, time);
    RollingWindow.Slot first = window.acquire();
    window.acquire();
    time.advance(Duration.ofMillis(100));
    first.over();

    window.acquire();

    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(10_020));
  }

  @Test
  void doesNotFreeThePlaceOfARequestThatIsStillUnderWay() {
    RollingWindow window = new RollingWindow(1, TEN_SECONDS, time, time);
    RollingWindow.Slot slow = window.acquire();
    time.after(Duration.ofSeconds(25), slow::over);

    window.acquire();

    assertThat(time.instant()).isEqualTo(FakeTime.START.plusMillis(25_000 + 10_020));
  }

  @Test
  void usesNearlyTheWholeLimitAndNeverMoreWithEightRequestsAtATime() {
    FarSide farSide = new FarSide(190, time, 5, 60);

    farSide.callFor(Duration.ofMinutes(10));

    assertThat(farSide.mostInAWindow()).isEqualTo(190);
    // The first window is a present; after it 97 % of what the far side would take.
    assertThat(farSide.arrivals()).hasSizeGreaterThan(190 + (int) (0.97 * 190 * 59));
  }

  @Test
  void neverSendsTooMuchHoweverLongRequestsAreOnTheirWay() {
    FarSide farSide = new FarSide(20, time, 4_000, 3_000);

    farSide.callFor(Duration.ofMinutes(10));

    assertThat(farSide.mostInAWindow()).isEqualTo(20);
  }

  @Test
  void learnsAnotherLimitFromTheFarSide() {
    RollingWindow window = new RollingWindow(100, TEN_SECONDS, time, time);
    RollingWindow.Slot first = over(window.acquire());

    window.learn(first, 3, Duration.ofSeconds(1), 2);
    over(window.acquire());
    over(window.acquire());
    assertThat(time.sleeps()).isEmpty();
    window.acquire();

    assertThat(time.instant()).isEqualTo(FakeTime.START.plusMillis(1002));
  }

  @Test
  void countsWhatOthersUsedOfTheSameWindow() {
    RollingWindow window = new RollingWindow(10, TEN_SECONDS, time, time);
    RollingWindow.Slot first = window.acquire();

    window.learn(first, 10, TEN_SECONDS, 1);
    window.acquire();
    assertThat(time.sleeps()).isEmpty();
    window.acquire();

    assertThat(time.sleeps()).containsExactly(TEN_SECONDS);
  }

  @Test
  void takesRequestsOfItsOwnForNobodyElses() {
    RollingWindow window = new RollingWindow(10, TEN_SECONDS, time, time);
    over(window.acquire());
    time.advance(Duration.ofSeconds(10));
    RollingWindow.Slot second = window.acquire();
    over(window.acquire());
    time.advance(Duration.ofMillis(50));

    // When the far side counted the second, it counted the first and the third too.
    over(second);
    window.learn(second, 10, TEN_SECONDS, 7);
    for (int i = 0; i < 8; i++) {
      window.acquire();
    }

    assertThat(time.sleeps()).isEmpty();
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
  void waitsNoLongerThanAWindowWhenTheClockIsSetBack() {
    RollingWindow window = new RollingWindow(1, TEN_SECONDS, time, time);
    over(window.acquire());
    time.advance(Duration.ofHours(-1));

    window.acquire();

    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(10_020));
  }

  private static RollingWindow.Slot over(RollingWindow.Slot slot) {
    slot.over();
    return slot;
  }
}
