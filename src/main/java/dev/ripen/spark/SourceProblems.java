package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.sql.SQLException;
import java.util.Locale;

/** Turns what drivers and Spark throw while reading a source into a problem with a fix. */
final class SourceProblems {
  private SourceProblems() {}

  static ProblemException of(String table, Throwable thrown) {
    Throwable root = rootOf(thrown);
    String message = firstLine(root);
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("could not set lock") || lower.contains("conflicting lock")) {
      return new ProblemException(
          Problem.of(
              ErrorCode.SOURCE_LOCKED,
              "the database of " + table + " is locked by another process: " + message,
              "wait until that process has ended, then run again"),
          thrown);
    }
    if (root instanceof SQLException || root instanceof java.io.IOException) {
      return new ProblemException(
          Problem.of(
              ErrorCode.SOURCE_UNAVAILABLE,
              "cannot read " + table + ": " + message,
              "check the source's address and credentials in conf/ripen.conf, then run again"),
          thrown);
    }
    return new ProblemException(
        Problem.of(
            ErrorCode.SOURCE_INVALID,
            "cannot read " + table + ": " + message,
            "check the source in conf/ripen.conf"),
        thrown);
  }

  static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null
        ? thrown.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
