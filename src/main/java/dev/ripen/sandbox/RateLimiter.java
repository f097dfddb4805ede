package dev.ripen.sandbox;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;

/** Counts requests in a rolling window and per UTC day, and answers 429 beyond. Thread-safe. */
final class RateLimiter {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final long SECOND_MILLIS = 1000;

  private final Clock clock;
  private final Deque<Long> window = new ArrayDeque<>();
  private final Deque<Long> searches = new ArrayDeque<>();
  private RateLimits limits;
  private long day;
  private int today;

  RateLimiter(Clock clock, RateLimits limits) {
    this.clock = clock;
    this.limits = limits;
  }

  synchronized void change(RateLimits newLimits) {
    limits = newLimits;
    window.clear();
    searches.clear();
    today = 0;
  }

  /** Takes a request in and says in headers what is left. Searches have neither. */
  synchronized void admit(Context http, boolean search) {
    long now = clock.millis();
    if (search) {
      admitSearch(now);
      return;
    }
    long interval = limits.interval().toMillis();
    dropUntil(window, now - interval);
    long thisDay = Math.floorDiv(now, DAY_MILLIS);
    if (thisDay != day) {
      day = thisDay;
      today = 0;
    }
    boolean dayUsedUp = today >= limits.perDay();
    boolean windowFull = window.size() >= limits.perInterval();
    if (!dayUsedUp && !windowFull) {
      window.addLast(now);
      today++;
    }
    http.header("X-HubSpot-RateLimit-Max", Integer.toString(limits.perInterval()));
    http.header(
        "X-HubSpot-RateLimit-Remaining", Integer.toString(limits.perInterval() - window.size()));
    http.header("X-HubSpot-RateLimit-Interval-Milliseconds", Long.toString(interval));
    http.header("X-HubSpot-RateLimit-Daily", Integer.toString(limits.perDay()));
    http.header("X-HubSpot-RateLimit-Daily-Remaining", Integer.toString(limits.perDay() - today));
    if (dayUsedUp) {
      throw exceeded("DAILY", "You have reached your daily limit.");
    }
    if (windowFull) {
      throw exceeded("TEN_SECONDLY_ROLLING", "You have reached your ten_secondly_rolling limit.");
    }
  }

  private void admitSearch(long now) {
    dropUntil(searches, now - SECOND_MILLIS);
    if (searches.size() >= limits.searchesPerSecond()) {
      throw exceeded("SECONDLY", "You have reached your secondly limit.");
    }
    searches.addLast(now);
  }

  private static void dropUntil(Deque<Long> times, long until) {
    while (!times.isEmpty() && times.peekFirst() <= until) {
      times.removeFirst();
    }
  }

  static ApiException exceeded(String policy, String message) {
    return new ApiException(429, "RATE_LIMITS", message, Map.of())
        .with("errorType", "RATE_LIMIT")
        .with("policyName", policy)
        .with("requestId", UUID.randomUUID().toString());
  }
}
