package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.util.Locale;

/** What to say of a write to the state that failed. */
final class StateWriteErrors {
  private StateWriteErrors() {}

  /** A full disk and missing rights as problems of the user; anything else as it is. */
  static RuntimeException of(StateLog log, String table, Throwable thrown) {
    String text = String.valueOf(SourceProblems.rootOf(thrown).getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("disk quota")) {
      return new ProblemException(
          Problem.of(
              ErrorCode.STATE_DISK_FULL,
              "the disk of the state is full, while writing " + table + " under " + log.path(),
              "free some space, then run again: nothing of this run counts, nothing was lost"),
          thrown);
    }
    if (lower.contains("permission denied")
        || lower.contains("read-only file system")
        || lower.contains("mkdirs failed")) {
      return new ProblemException(
          Problem.of(
              ErrorCode.STATE_NOT_WRITABLE,
              "cannot write " + table + " under " + log.location("") + ": " + text,
              "give this user the right to write there, or set state.path in conf/ripen.conf"),
          thrown);
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("Cannot write " + table + " of the state", thrown);
  }
}
