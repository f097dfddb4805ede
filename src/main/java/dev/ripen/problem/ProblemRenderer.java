package dev.ripen.problem;

import java.util.List;
import java.util.StringJoiner;

/**
 * Shows problems to people: one block each, a blank line between, their number at the end. Pure;
 * lines end with {@code \n}, the last one too.
 */
public final class ProblemRenderer {
  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String BLUE = "\u001b[34m";
  private static final String GREEN = "\u001b[32m";
  private static final String RESET = "\u001b[0m";

  private final boolean color;

  private ProblemRenderer(boolean color) {
    this.color = color;
  }

  /**
   * The blocks of all problems, in the order given.
   *
   * @param color whether to mark parts with ANSI colours; the text is the same
   */
  public static String render(List<Problem> problems, boolean color) {
    ProblemRenderer renderer = new ProblemRenderer(color);
    StringJoiner blocks = new StringJoiner("\n", "", "\n" + count(problems) + "\n");
    problems.forEach(problem -> blocks.add(renderer.block(problem)));
    return problems.isEmpty() ? count(problems) + "\n" : blocks.toString();
  }

  private static String count(List<Problem> problems) {
    boolean warnings =
        !problems.isEmpty() && problems.stream().allMatch(problem -> problem.code().isWarning());
    String word = warnings ? " warning" : " problem";
    return problems.size() + word + (problems.size() == 1 ? "" : "s");
  }

  private String block(Problem problem) {
    StringBuilder block = new StringBuilder();
    boolean warning = problem.code().isWarning();
    block
        .append(
            paint(warning ? YELLOW : RED, (warning ? "warning[" : "error[") + problem.code() + "]"))
        .append(": ");
    block.append(indented(problem.what(), "  ")).append('\n');
    problem.span().ifPresent(span -> block.append(place(span)));
    if (!problem.fix().isEmpty()) {
      block.append("  ").append(paint(GREEN, "fix")).append(": ");
      block.append(indented(problem.fix(), "       ")).append('\n');
    }
    return block.toString();
  }

  private String place(SourceSpan span) {
    String place = "  " + paint(BLUE, "-->") + " " + span + "\n";
    if (span.line() == 0 || span.snippet().isBlank()) {
      return place;
    }
    return place + paint(BLUE, "   " + span.line() + " |") + " " + span.snippet() + "\n";
  }

  private static String indented(String text, String indent) {
    return text.strip().replace("\n", "\n" + indent);
  }

  private String paint(String ansi, String text) {
    return color ? ansi + text + RESET : text;
  }
}
