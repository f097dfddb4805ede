package dev.ripen.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumException;
import org.jspecify.annotations.Nullable;

/**
 * A table of the state that cannot be read as it was committed.
 *
 * @param what is wrong with it, without its name
 */
public record StateDamage(String table, String what) {
  private static final String IS_DAMAGED = " is damaged: ";

  /** What a problem of {@code STATE_DAMAGED} says about the runs. */
  static StateDamage told(ProblemException damaged) {
    String what = damaged.problems().get(0).what();
    return new StateDamage(
        StateLog.RUNS, what.substring(what.indexOf(IS_DAMAGED) + IS_DAMAGED.length()));
  }

  /** The problem to stop with. Nothing was written. */
  static ProblemException problem(
      String path, List<StateDamage> damages, @Nullable Throwable cause) {
    List<Problem> problems =
        damages.stream()
            .map(
                damage ->
                    Problem.of(
                        ErrorCode.STATE_DAMAGED,
                        "the table "
                            + damage.table()
                            + " of the state under "
                            + path
                            + IS_DAMAGED
                            + damage.what(),
                        "see what can be made whole: ripen repair --dry-run, then: ripen repair"))
            .toList();
    return new ProblemException(problems, cause);
  }

  /**
   * Whether a table of the state is behind something that went wrong.
   *
   * @param path of the state
   * @param settings of the project, {@code spark.*}
   * @return the problem to tell instead
   */
  public static Optional<ProblemException> behind(
      String path, Map<String, String> settings, Throwable thrown) {
    try {
      List<StateDamage> damages = StateLog.read(path, settings).damages();
      List<StateDamage> found =
          damages.isEmpty() ? namedIn(path, thrown).stream().toList() : damages;
      return found.isEmpty() ? Optional.empty() : Optional.of(problem(path, found, thrown));
    } catch (ProblemException e) {
      return e.problems().get(0).code() == ErrorCode.STATE_DAMAGED
          ? Optional.of(e)
          : Optional.empty();
    }
  }

  /** A data file has its length and cannot be read all the same: whoever tried says which. */
  private static Optional<StateDamage> namedIn(String path, Throwable thrown) {
    String plain = path.replaceFirst("^[a-z0-9]+:/+", "/");
    Pattern file = Pattern.compile(Pattern.quote(plain) + "/([a-z_]+)/[^\\s]*");
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      Matcher found = file.matcher(String.valueOf(at.getMessage()));
      if (found.find()) {
        return behind(found.group(1), "its file " + found.group() + " cannot be read", thrown);
      }
    }
    return Optional.empty();
  }

  /** What reading a table threw, as a damage; empty if it is the store that cannot be reached. */
  static Optional<StateDamage> behind(String table, String what, Throwable thrown) {
    Throwable root = SourceProblems.rootOf(thrown);
    boolean unreachable =
        root instanceof IOException
            && !(root instanceof FileNotFoundException
                || root instanceof EOFException
                || root instanceof ChecksumException
                || root instanceof JsonProcessingException);
    return unreachable
        ? Optional.empty()
        : Optional.of(new StateDamage(table, what + " (" + reason(root) + ")"));
  }

  private static String reason(Throwable root) {
    String message = root.getMessage();
    String line =
        message == null
            ? root.getClass().getSimpleName()
            : message.lines().findFirst().orElse("").strip();
    return line.length() <= 160 ? line : line.substring(0, 160) + "…";
  }
}
