package dev.ripen.crm.hubspot;

import dev.ripen.problem.Problem;
import java.time.Duration;

/** What to do about an attempt. */
sealed interface Verdict {
  /** The answer is one to read, good or bad. */
  record Accept() implements Verdict {}

  /** Nothing was done; ask again after that time. */
  record AskAgain(String why, Duration after) implements Verdict {}

  /**
   * Whether it was done is unknown; ask again after backing off.
   *
   * @param most repetitions
   */
  record BackOff(String why, int most) implements Verdict {}

  /**
   * The call cannot succeed.
   *
   * @param forGood no other call of this run can either
   */
  record Stop(Problem problem, boolean forGood) implements Verdict {}
}
