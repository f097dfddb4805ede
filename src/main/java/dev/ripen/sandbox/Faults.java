package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mishaps that the sandbox plays, changed by tests while it runs. The first rule that meets a
 * request wins; every rule whose patterns match counts it. Thread-safe.
 */
public final class Faults {
  private final RateLimiter limiter;
  private final List<Counted> rules = new ArrayList<>();
  private Duration latency = Duration.ZERO;

  Faults(RateLimiter limiter, List<FaultRule> rules) {
    this.limiter = limiter;
    rules.forEach(this::add);
  }

  private record Counted(FaultRule rule, Pattern method, Pattern path, AtomicInteger seen) {
    boolean matches(String requestMethod, String requestPath) {
      return method.matcher(requestMethod).matches() && path.matcher(requestPath).matches();
    }
  }

  /** Adds a rule; it counts requests from here on. */
  public synchronized void add(FaultRule rule) {
    rules.add(
        new Counted(
            rule,
            Pattern.compile(rule.method()),
            Pattern.compile(rule.path()),
            new AtomicInteger()));
  }

  /** Removes all rules and the latency; the rate limit stays. */
  public synchronized void clear() {
    rules.clear();
    latency = Duration.ZERO;
  }

  /** Makes every API request take at least this long. */
  public synchronized void latency(Duration newLatency) {
    latency = newLatency;
  }

  /** Sets the rate limits and forgets the requests so far. */
  public void limits(RateLimits limits) {
    limiter.change(limits);
  }

  synchronized Duration latency() {
    return latency;
  }

  synchronized @Nullable FaultRule next(String method, String path) {
    FaultRule met = null;
    for (Counted counted : rules) {
      if (counted.matches(method, path)) {
        int seen = counted.seen().incrementAndGet();
        if (met == null && counted.rule().meets(seen)) {
          met = counted.rule();
        }
      }
    }
    return met;
  }

  /**
   * Carries out the control request: {@code {"clear":true,"latencyMillis":50,"rateLimit":{
   * "max":10,"intervalMillis":10000,"daily":1000,"searchesPerSecond":5},"rules":[…]}}.
   */
  void control(JsonNode wanted) {
    if (wanted.path("clear").asBoolean()) {
      clear();
    }
    if (wanted.has("latencyMillis")) {
      latency(Duration.ofMillis(wanted.path("latencyMillis").asLong()));
    }
    JsonNode limit = wanted.path("rateLimit");
    if (limit.isObject()) {
      RateLimits base = RateLimits.generous();
      limits(
          new RateLimits(
              limit.path("max").asInt(base.perInterval()),
              Duration.ofMillis(limit.path("intervalMillis").asLong(base.interval().toMillis())),
              limit.path("daily").asInt(base.perDay()),
              limit.path("searchesPerSecond").asInt(base.searchesPerSecond())));
    }
    wanted.path("rules").forEach(rule -> add(FaultRule.fromJson(rule)));
  }
}
