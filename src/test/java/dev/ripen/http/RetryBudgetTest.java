package dev.ripen.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(60));

  private final FakeTime time = new FakeTime();
  private final RetryBudget budget = new RetryBudget(POLICY, time, new Random(1));

  @Test
  void doublesTheWaitUpToTheCeilingWithJitterBelow() {
    Random random = new Random(3);

    for (int repetition = 0; repetition < 70; repetition++) {
      long most = Math.min(8000, 1000L << Math.min(repetition, 10));
      assertThat(POLICY.backoff(repetition, random).toMillis()).isBetween(most / 2, most);
    }
  }

  @Test
  void givesUpWhenTheWaitWouldEndTooLate() {
    time.advance(Duration.ofSeconds(50));

    assertThat(budget.nextWait(Duration.ofSeconds(11))).isEmpty();
    assertThat(budget.nextWait(Duration.ofSeconds(10))).contains(Duration.ofSeconds(10));
    assertThat(budget.repetitions()).isEqualTo(1);
  }

  @Test
  void endsHoweverOftenItIsAsked() {
    while (true) {
      var wait = budget.nextBackoff();
      if (wait.isEmpty()) {
        break;
      }
      time.sleep(wait.get());
    }

    assertThat(budget.elapsed()).isLessThanOrEqualTo(Duration.ofSeconds(60));
    assertThat(budget.repetitions()).isBetween(8, 20);
  }
}
