package dev.ripen.crm.hubspot;

import dev.ripen.crm.Budget;
import dev.ripen.http.InFlightLimit;
import dev.ripen.http.JsonReply;
import dev.ripen.http.RollingWindow;
import dev.ripen.http.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How fast, how many at a time and how much in a day: HubSpot's limits as its headers tell them,
 * and the part of them that is ours. Safe for several threads.
 */
final class Pace {
  // Free accounts have 100 per 10 s; the headers of the first answer tell the account's own limit.
  private static final int FIRST_MAX = 100;
  private static final Duration FIRST_INTERVAL = Duration.ofSeconds(10);

  private final Budget budget;
  private final RollingWindow window;
  private final InFlightLimit inFlight;
  private int dayLimit;
  private int dayRemaining = Integer.MAX_VALUE;

  Pace(Budget budget, int concurrency, Clock clock, Sleeper sleeper) {
    this.budget = budget;
    this.window = new RollingWindow(budget.ofWindow(FIRST_MAX), FIRST_INTERVAL, clock, sleeper);
    this.inFlight = new InFlightLimit(concurrency);
  }

  /** Leave to send one request. */
  record Turn(long number, RollingWindow.Slot slot) {}

  /** Waits until a request may be sent; {@link #leave} must follow. */
  Turn enter() {
    long number = inFlight.acquire();
    try {
      return new Turn(number, window.acquire());
    } catch (RuntimeException e) {
      inFlight.release();
      throw e;
    }
  }

  /** The request is over, answered or not. */
  void leave(Turn turn) {
    turn.slot().over();
    inFlight.release();
  }

  /** Learns from the answer: its headers, and that locked records mean fewer at a time. */
  void learn(Turn turn, JsonReply reply) {
    turn.slot().over();
    if (reply.status() == StatusRules.LOCKED) {
      inFlight.lower(turn.number());
    }
    OptionalInt max = reply.number("X-HubSpot-RateLimit-Max");
    OptionalInt interval = reply.number("X-HubSpot-RateLimit-Interval-Milliseconds");
    OptionalInt remaining = reply.number("X-HubSpot-RateLimit-Remaining");
    if (max.orElse(0) > 0 && interval.orElse(0) > 0) {
      int ours = budget.ofWindow(max.getAsInt());
      // What others use comes out of the part that is left to them first.
      window.learn(
          turn.slot(),
          ours,
          Duration.ofMillis(interval.getAsInt()),
          Math.min(ours, remaining.orElse(max.getAsInt())));
    }
    OptionalInt daily = reply.number("X-HubSpot-RateLimit-Daily");
    OptionalInt left = reply.number("X-HubSpot-RateLimit-Daily-Remaining");
    if (daily.orElse(0) > 0 && left.isPresent()) {
      learnDay(daily.getAsInt(), left.getAsInt());
    }
  }

  private synchronized void learnDay(int limit, int remaining) {
    dayLimit = limit;
    dayRemaining = remaining;
  }

  /** Whether only what is kept for others is left of the day. */
  synchronized boolean isDayUsedUp() {
    return dayRemaining <= budget.keptOfDay(dayLimit);
  }

  /** Requests of the day that the account has in all, once it is known. */
  synchronized int dayLimit() {
    return dayLimit;
  }

  /** Requests of the day that are left to others. */
  synchronized int keptOfDay() {
    return budget.keptOfDay(dayLimit);
  }

  /** Requests that may be under way now. */
  int atATime() {
    return inFlight.current();
  }

  /** The window is used up: nobody for that time. */
  void pause(Duration time) {
    window.pause(time);
  }
}
