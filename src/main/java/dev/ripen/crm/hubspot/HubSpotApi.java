package dev.ripen.crm.hubspot;

import dev.ripen.crm.TrafficStats;
import dev.ripen.http.CircuitBreaker;
import dev.ripen.http.JsonClient;
import dev.ripen.http.JsonReply;
import dev.ripen.http.JsonRequest;
import dev.ripen.http.RetryBudget;
import dev.ripen.http.Sleeper;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls HubSpot: paced, repeated where that is safe, with what stops a run as a ProblemException.
 * Answers are 2xx or refusals of the request's content (400, 404, 409, 414). Safe for several
 * threads; after something that stops the whole run every further call fails at once.
 */
final class HubSpotApi implements AutoCloseable {
  // Long enough for a deployment at the other side, short enough that a dead CRM costs seconds.
  private static final int FAILURES = 3;
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private final HubSpotSettings settings;
  private final Clock clock;
  private final Sleeper sleeper;
  private final JsonClient client;
  private final StatusRules rules;
  private final Pace pace;
  private final CircuitBreaker breaker;
  private final Random random = new Random();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private final AtomicLong rateLimited = new AtomicLong();
  private volatile @Nullable Problem stopped;

  /**
   * @param pace shared by all that use the same credential
   * @param wording how problems speak of what is read or written
   */
  HubSpotApi(HubSpotSettings settings, Pace pace, Wording wording, Clock clock, Sleeper sleeper) {
    this.settings = settings;
    this.clock = clock;
    this.sleeper = sleeper;
    this.client = new JsonClient(settings.timeouts(), settings.concurrency(), settings.headers());
    this.rules = new StatusRules(settings.name(), wording, clock);
    this.pace = pace;
    this.breaker = new CircuitBreaker(FAILURES, SILENCE, clock);
  }

  /** What a call does at the far side, which decides whether it may be sent twice. */
  enum Effect {
    READS,
    /** Sent twice it does the same as once. */
    SETS,
    /** Sent twice it could do it twice. */
    CREATES
  }

  /** After a call of {@link Effect#CREATES} that may have been done or not; the wait is over. */
  static final class UncertainException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  RetryBudget newBudget() {
    return new RetryBudget(settings.retry(), clock, random);
  }

  /** Calls with a budget of its own. */
  JsonReply call(JsonRequest request, Effect effect) {
    try {
      return call(request, effect, newBudget(), false);
    } catch (UncertainException e) {
      throw new IllegalStateException("only creates can be uncertain", e);
    }
  }

  /** Calls once, or more often where HubSpot said that nothing was done. */
  JsonReply callCreating(JsonRequest request, RetryBudget budget) throws UncertainException {
    return call(request, Effect.CREATES, budget, true);
  }

  TrafficStats traffic() {
    return new TrafficStats(requests.get(), writes.get(), retries.get(), rateLimited.get());
  }

  StatusRules rules() {
    return rules;
  }

  @Override
  public void close() {
    client.close();
  }

  private JsonReply call(
      JsonRequest request, Effect effect, RetryBudget budget, boolean reportUncertain)
      throws UncertainException {
    boolean renewed = false;
    while (true) {
      failIfStopped();
      String token = token();
      stopIfDayIsUsedUp(token);
      Instant startedAt = clock.instant();
      @Nullable JsonReply reply = null;
      Verdict verdict;
      try {
        reply = attempt(request, effect, token);
        verdict = rules.judge(request, reply);
      } catch (IOException e) {
        failIfInterrupted();
        verdict = rules.judgeSilence(e);
      }
      if (verdict instanceof Verdict.BackOff backOff) {
        stopIfDown(startedAt, backOff.why(), budget);
      } else {
        breaker.answered();
      }
      if (verdict instanceof Verdict.Accept && reply != null) {
        return reply;
      }
      if (reply != null && reply.status() == 401 && !renewed && !token.equals(token())) {
        renewed = true;
        retries.incrementAndGet();
        continue;
      }
      waitOrStop(verdict, reply, budget);
      retries.incrementAndGet();
      if (reportUncertain && verdict instanceof Verdict.BackOff) {
        throw new UncertainException();
      }
    }
  }

  private JsonReply attempt(JsonRequest request, Effect effect, String token) throws IOException {
    Pace.Turn turn = pace.enter();
    try {
      requests.incrementAndGet();
      if (effect != Effect.READS) {
        writes.incrementAndGet();
      }
      JsonReply reply = client.send(request, token);
      pace.learn(turn, reply);
      return reply;
    } finally {
      pace.leave(turn);
    }
  }

  private void stopIfDown(Instant startedAt, String why, RetryBudget budget) {
    if (breaker.failed(startedAt)) {
      throw stop(rules.unavailable(why, budget.repetitions(), budget.elapsed()), true);
    }
  }

  private void stopIfDayIsUsedUp(String token) {
    if (pace.isDayUsedUp()) {
      throw stop(rules.dayIsUsedUp(pace.keptOfDay(), pace.dayLimit(), accountZone(token)), true);
    }
  }

  /**
   * Where the account's day ends; empty if it cannot be had. One request, outside of the budget.
   */
  private Optional<ZoneId> accountZone(String token) {
    JsonRequest details =
        JsonRequest.get(
            new HubSpotPaths(settings.baseUrl(), settings.apiVersion()).accountDetails());
    try {
      requests.incrementAndGet();
      String zone = client.send(details, token).body().path("timeZone").asText("");
      return Optional.of(ZoneId.of(zone));
    } catch (IOException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private void waitOrStop(Verdict verdict, @Nullable JsonReply reply, RetryBudget budget) {
    if (verdict instanceof Verdict.Stop stop) {
      throw stop(stop.problem(), stop.forGood());
    }
    if (verdict instanceof Verdict.AskAgain again) {
      Duration wait = orGiveUp(budget.nextWait(again.after()), again.why(), budget);
      if (reply != null && reply.status() == StatusRules.TOO_MANY_REQUESTS) {
        rateLimited.incrementAndGet();
        pace.pause(wait);
      }
      sleeper.sleep(wait);
    }
    if (verdict instanceof Verdict.BackOff backOff) {
      Optional<Duration> wait =
          budget.repetitions() < backOff.most() ? budget.nextBackoff() : Optional.empty();
      sleeper.sleep(orGiveUp(wait, backOff.why(), budget));
    }
  }

  private Duration orGiveUp(Optional<Duration> wait, String why, RetryBudget budget) {
    return wait.orElseThrow(
        () -> stop(rules.unavailable(why, budget.repetitions(), budget.elapsed()), true));
  }

  private ProblemException stop(Problem problem, boolean forGood) {
    if (forGood) {
      stopped = problem;
    }
    return new ProblemException(problem);
  }

  private void failIfStopped() {
    Problem problem = stopped;
    if (problem != null) {
      throw new ProblemException(problem);
    }
  }

  private String token() {
    String token = settings.token().get();
    if (token == null || token.isBlank()) {
      throw stop(rules.tokenMissing(), true);
    }
    String bare = token.strip();
    if (bare.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw stop(rules.tokenUnreadable(), true);
    }
    return bare;
  }

  private static void failIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted while waiting for HubSpot");
    }
  }
}
