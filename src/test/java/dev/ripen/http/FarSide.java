package dev.ripen.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A service that takes so many requests in any ten seconds, counted when they arrive, and eight
 * callers that share a window. All by a clock that only the calls move; always the same.
 */
final class FarSide {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final int AT_A_TIME = 8;

  private final int limit;
  private final FakeTime time;
  private final int mostMillisThere;
  private final int mostMillisBack;
  private final Random random = new Random(7);
  private final RollingWindow window;
  private final List<Instant> arrivals = new ArrayList<>();
  private int underWay;

  FarSide(int limit, FakeTime time, int mostMillisThere, int mostMillisBack) {
    this.limit = limit;
    this.time = time;
    this.mostMillisThere = mostMillisThere;
    this.mostMillisBack = mostMillisBack;
    this.window = new RollingWindow(limit, INTERVAL, time, time);
  }

  void callFor(Duration duration) {
    Instant end = time.instant().plus(duration);
    while (time.instant().isBefore(end)) {
      if (underWay == AT_A_TIME) {
        time.advanceToNext();
        continue;
      }
      RollingWindow.Slot slot = window.acquire();
      underWay++;
      time.after(upTo(mostMillisThere), () -> arrive(slot));
    }
  }

  private void arrive(RollingWindow.Slot slot) {
    arrivals.add(time.instant());
    int remaining = limit - inWindowUntil(arrivals.size() - 1);
    time.after(
        upTo(mostMillisBack),
        () -> {
          underWay--;
          slot.over();
          window.learn(slot, limit, INTERVAL, remaining);
        });
  }

  List<Instant> arrivals() {
    return arrivals;
  }

  int mostInAWindow() {
    int most = 0;
    for (int last = 0; last < arrivals.size(); last++) {
      most = Math.max(most, inWindowUntil(last));
    }
    return most;
  }

  private int inWindowUntil(int last) {
    Instant since = arrivals.get(last).minus(INTERVAL);
    int first = last;
    while (first > 0 && arrivals.get(first - 1).isAfter(since)) {
      first--;
    }
    return last - first + 1;
  }

  private Duration upTo(int mostMillis) {
    return Duration.ofMillis(1 + random.nextInt(mostMillis));
  }
}
