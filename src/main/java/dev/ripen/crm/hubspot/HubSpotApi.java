package dev.ripen.crm.hubspot;

import dev.ripen.crm.TrafficStats;
import dev.ripen.http.InFlightLimit;
import dev.ripen.http.JsonClient;
import dev.ripen.http.JsonReply;
import dev.ripen.http.JsonRequest;
import dev.ripen.http.RetryBudget;
import dev.ripen.http.RollingWindow;
import dev.ripen.http.Sleeper;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
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
  // Free accounts have 100 per 10 s; the headers of the first answer tell the account's own limit.
  private static final int FIRST_MAX = 100;
  private static final Duration FIRST_INTERVAL = Duration.ofSeconds(10);

  private final HubSpotSettings settings;
  private final Clock clock;
  private final Sleeper sleeper;
  private final JsonClient client;
  private final StatusRules rules;
  private final RollingWindow window;
  private final InFlightLimit inFlight;
  private final Random random = new Random();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private final AtomicLong rateLimited = new AtomicLong();
  private volatile @Nullable Problem stopped;

  HubSpotApi(HubSpotSettings settings, Clock clock, Sleeper sleeper) {
    this.settings = settings;
    this.clock = clock;
    this.sleeper = sleeper;
    this.client = new JsonClient(settings.timeouts(), settings.concurrency(), settings.headers());
    this.rules = new StatusRules(settings.name(), clock);
    this.window = new RollingWindow(FIRST_MAX, FIRST_INTERVAL, clock, sleeper);
    this.inFlight = new InFlightLimit(settings.concurrency());
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
      @Nullable JsonReply reply = null;
      Verdict verdict;
      try {
        reply = attempt(request, effect, token);
        verdict = rules.judge(request, reply);
      } catch (IOException e) {
        failIfInterrupted();
        verdict = rules.judgeSilence(e);
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
    inFlight.acquire();
    try {
      RollingWindow.Slot slot = window.acquire();
      requests.incrementAndGet();
      if (effect != Effect.READS) {
        writes.incrementAndGet();
      }
      JsonReply reply = client.send(request, token);
      slot.answered();
      learnFrom(reply);
      return reply;
    } finally {
      inFlight.release();
    }
  }

  private void learnFrom(JsonReply reply) {
    OptionalInt max = reply.number("X-HubSpot-RateLimit-Max");
    OptionalInt interval = reply.number("X-HubSpot-RateLimit-Interval-Milliseconds");
    OptionalInt remaining = reply.number("X-HubSpot-RateLimit-Remaining");
    if (max.orElse(0) > 0 && interval.orElse(0) > 0) {
      window.learn(
          max.getAsInt(), Duration.ofMillis(interval.getAsInt()), remaining.orElse(max.getAsInt()));
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
        window.pause(wait);
      } else {
        inFlight.lower();
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
