package dev.ripen.problem;

/**
 * What the process tells cron or Airflow. The numbers are a contract; they never change meaning.
 */
public enum ExitCode {
  DONE(0, "done"),
  INTERNAL(1, "our bug; please report it"),
  USAGE(2, "wrong usage of the command line"),
  CONFIG(3, "fix the configuration or the SQL"),
  STOPPED(4, "a check or a guard stopped it; nothing was sent"),
  REJECTED(5, "done, but records were rejected that were not rejected before"),
  UNAVAILABLE(6, "the other side is unavailable; safe to run again"),
  CHANGES(7, "plan --fail-on-changes found changes"),
  LOCKED(8, "another run holds the lock");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }

  /** One line for {@code --help} and the README. */
  public String meaning() {
    return meaning;
  }
}
