package dev.ripen.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what became of a run's rows. */
public final class Outbox {
  private final StateFiles files;

  public Outbox(StateFiles files) {
    this.files = files;
  }

  /**
   * Hands over every line of a run. A torn last line, which a crash leaves, is left out; any other
   * line that cannot be read is {@code DATA_INVALID}.
   */
  public void read(String runId, Consumer<OutboxLine> consumer) {
    String directory = PlanPaths.outbox(runId);
    for (String name : files.list(directory)) {
      readFile(directory + "/" + name, consumer);
    }
  }

  private void readFile(String path, Consumer<OutboxLine> consumer) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(files.read(path), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        String next = reader.readLine();
        OutboxLine parsed = parse(line);
        if (parsed != null) {
          consumer.accept(parsed);
        } else if (next != null) {
          throw unreadable(path, null);
        }
        line = next;
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static @Nullable OutboxLine parse(String line) {
    try {
      return OutboxLine.parse(line);
    } catch (JsonProcessingException | RuntimeException e) {
      return null;
    }
  }

  private static ProblemException unreadable(String path, @Nullable Throwable cause) {
    Problem problem =
        Problem.of(
            ErrorCode.DATA_INVALID,
            path + " in the state cannot be read",
            "restore the file, or delete it: its rows are then sent again");
    return cause == null ? new ProblemException(problem) : new ProblemException(problem, cause);
  }
}
