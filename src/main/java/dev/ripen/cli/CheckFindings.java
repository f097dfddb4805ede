package dev.ripen.cli;

import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import java.util.List;
import java.util.Map;

/**
 * What a look at a project found.
 *
 * @param warnings what is legal but surely not meant; stops nothing
 * @param models names, each after all that it reads; empty if the files cannot be put in order
 * @param notChecked models that nothing can be said about, because of a problem elsewhere
 * @param notes what is no problem but worth a line
 * @param sql of the built-in models by name; empty where it cannot be made
 */
record CheckFindings(
    List<Problem> problems,
    List<Problem> warnings,
    List<String> models,
    List<String> notChecked,
    int rules,
    int destinations,
    List<String> notes,
    Map<String, String> sql) {
  CheckFindings {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    models = List.copyOf(models);
    notChecked = List.copyOf(notChecked);
    notes = List.copyOf(notes);
  }

  /** What the user has to mend comes before what is away or stale for now. */
  ExitCode exitCode() {
    return problems.stream()
        .map(problem -> problem.code().exitCode())
        .min((a, b) -> Integer.compare(rank(a), rank(b)))
        .orElse(ExitCode.DONE);
  }

  private static int rank(ExitCode exit) {
    return exit == ExitCode.CONFIG ? 0 : exit.number();
  }
}
