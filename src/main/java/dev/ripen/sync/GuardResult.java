package dev.ripen.sync;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import java.util.List;

/**
 * What one guard says.
 *
 * @param guard its name in the configuration
 * @param message with the numbers
 * @param fix what to do; empty unless it stopped the plan
 */
public record GuardResult(String guard, Status status, String message, String fix) {
  /** Whether the plan may be sent. */
  public enum Status {
    PASSED,
    /** There is nothing to compare with yet; the plan may be sent. */
    NO_BASELINE,
    STOPPED
  }

  /** The problems that stop the run; empty if all guards let it pass. */
  public static List<Problem> problems(List<GuardResult> results) {
    return results.stream()
        .filter(result -> result.status() == Status.STOPPED)
        .map(
            result ->
                Problem.of(
                    ErrorCode.GUARD_STOPPED,
                    "guard " + result.guard() + ": " + result.message(),
                    result.fix()))
        .toList();
  }
}
