package dev.ripen.cli;

import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.StateDamage;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/** Asks, when a command has failed for no reason that it knows, whether the state is damaged. */
final class DamagedState {
  /** What tables of the state are taken for when a model reads them. */
  private static final Set<ErrorCode> MISTAKEN =
      Set.of(ErrorCode.SOURCE_INVALID, ErrorCode.SOURCE_UNAVAILABLE);

  private DamagedState() {}

  /** What to tell instead of what was thrown; the same if the state is sound. */
  static Exception toldFor(Exception thrown, CommandLine command) {
    if (thrown instanceof ProblemException problem
        && !MISTAKEN.contains(problem.problems().get(0).code())) {
      return thrown;
    }
    return options(command).flatMap(options -> behind(options, thrown)).orElse(thrown);
  }

  private static Optional<GlobalOptions> options(CommandLine command) {
    return command.getCommandSpec().mixins().values().stream()
        .map(CommandLine.Model.CommandSpec::userObject)
        .filter(GlobalOptions.class::isInstance)
        .map(GlobalOptions.class::cast)
        .findFirst();
  }

  private static Optional<Exception> behind(GlobalOptions options, Exception thrown) {
    try {
      Project project =
          ProjectLoader.load(
              options.project(), options.profile(), options.settings(), System.getenv());
      return StateDamage.behind(project.state().path(), project.sparkSettings(), thrown)
          .map(Exception.class::cast);
    } catch (RuntimeException e) {
      // Then that is not the reason, and what was thrown says more.
      thrown.addSuppressed(e);
      return Optional.empty();
    }
  }
}
