package dev.ripen.sqlmodel;

/**
 * How a check of a model ended.
 *
 * @param name as the user wrote it
 * @param failingRows 0 if it passed
 */
public record CheckResult(String name, String model, Status status, long failingRows) {
  /** The ends. */
  public enum Status {
    PASSED,
    /** Stops a run. */
    FAILED,
    /** Is reported only. */
    WARNED
  }
}
