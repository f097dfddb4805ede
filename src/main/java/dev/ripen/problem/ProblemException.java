package dev.ripen.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries every problem that stopped a command. Any other exception that reaches {@code main} is
 * our bug.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ProblemException(List<Problem> problems) {
    this(problems, null);
  }

  public ProblemException(Problem problem) {
    this(List.of(problem), null);
  }

  public ProblemException(Problem problem, Throwable cause) {
    this(List.of(problem), cause);
  }

  public ProblemException(List<Problem> problems, @Nullable Throwable cause) {
    super(
        problems.stream().map(p -> p.code() + ": " + p.what()).collect(Collectors.joining("; ")),
        cause);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a ProblemException needs a problem");
    }
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  /** The exit code of the first problem: problems are listed in the order of their gravity. */
  public ExitCode exitCode() {
    return problems.get(0).code().exitCode();
  }
}
