package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.SqlPlace;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the predicates of {@code conf/scoring.conf} in its text, so that a message about one points
 * to its line and column. Pure.
 */
final class PredicatePlaces {
  private static final String FILE = "conf/scoring.conf";

  private final String text;

  PredicatePlaces(String text) {
    this.text = text;
  }

  /** How an analyser names the predicate of a rule. */
  static String ofRule(String rule) {
    return "rule " + rule;
  }

  /** How an analyser names the predicate that excludes leads. */
  static String ofExclusion() {
    return "exclude";
  }

  /**
   * The problem at its place in the file.
   *
   * @param problem about the predicate as a text of its own
   * @param subject of {@link #ofRule} or {@link #ofExclusion}, or a key of the model
   */
  Problem placed(Problem problem, String subject, String predicate) {
    SourceSpan inPredicate = problem.span().orElse(SourceSpan.ofFile(subject));
    return Problem.at(
        place(subject, predicate, inPredicate), problem.code(), problem.what(), problem.fix());
  }

  private SourceSpan place(String subject, String predicate, SourceSpan within) {
    int start = nearest(predicate, anchor(subject));
    if (start < 0) {
      return SourceSpan.ofFile(FILE);
    }
    int offset = offset(predicate, within.line(), within.column());
    int at = start + written(predicate.substring(0, offset)).length();
    int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    return SqlPlace.of(FILE, text, line, at - text.lastIndexOf('\n', at - 1));
  }

  /** A problem about something itself, not about its predicate. */
  Problem ofSubject(String subject, ErrorCode code, String what, String fix) {
    int at = anchor(subject);
    int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    return Problem.at(
        SqlPlace.of(FILE, text, line, at - text.lastIndexOf('\n', at - 1)), code, what, fix);
  }

  private int anchor(String subject) {
    String pattern =
        !subject.startsWith("rule ")
            ? "(?m)^\\s*" + Pattern.quote(subject) + "\\b"
            : "\\bname\\s*[=:]\\s*\"?"
                + Pattern.quote(subject.substring("rule ".length()))
                + "(?![\\w-])";
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? matcher.start() : 0;
  }

  private int nearest(String predicate, int anchor) {
    String sought = written(predicate);
    int best = -1;
    for (int at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
      if (best < 0 || Math.abs(at - anchor) < Math.abs(best - anchor)) {
        best = at;
      }
    }
    return best;
  }

  /** As it stands between quotes in HOCON. */
  private static String written(String predicate) {
    return predicate.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static int offset(String predicate, int line, int column) {
    int start = 0;
    for (int i = 1; i < line && start >= 0; i++) {
      start = predicate.indexOf('\n', start) + 1;
    }
    return Math.min(predicate.length(), start + Math.max(0, column - 1));
  }
}
