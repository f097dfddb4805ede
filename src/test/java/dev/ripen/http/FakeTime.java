package dev.ripen.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A clock that moves only when somebody sleeps; what is due meanwhile happens on the way. */
public final class FakeTime extends Clock implements Sleeper {
  public static final Instant START = Instant.parse("2026-11-22T06:00:00Z");

  private record Due(Instant at, long number, Runnable act) {}

  private final List<Duration> sleeps = new ArrayList<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
  private Instant now = START;
  private long planned;

  @Override
  public synchronized void sleep(Duration time) {
    sleeps.add(time);
    advance(time);
  }

  public synchronized void advance(Duration time) {
    Instant until = now.plus(time);
    for (Due next = due.peek(); next != null && !next.at.isAfter(until); next = due.peek()) {
      due.remove();
      now = next.at;
      next.act.run();
    }
    now = until;
  }

  /** Lets something happen once that time has passed. */
  public synchronized void after(Duration time, Runnable act) {
    due.add(new Due(now.plus(time), planned++, act));
  }

  /** Moves to the next thing that is due, and lets it happen. */
  public synchronized void advanceToNext() {
    Due next = due.element();
    advance(Duration.between(now, next.at));
  }

  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
