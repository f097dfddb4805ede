package dev.ripen.sync;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a frozen plan; rows are streamed in the order of their numbers, never held. Throws {@code
 * PLAN_NOT_FOUND} where there is no frozen plan and {@code STATE_NEWER} where a later ripen wrote
 * it.
 */
public final class PlanReader {
  private final StateFiles files;

  public PlanReader(StateFiles files) {
    this.files = files;
  }

  public PlanSummary summary(String runId) {
    String path = PlanPaths.summary(runId);
    if (!files.exists(path)) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.PLAN_NOT_FOUND,
              "there is no plan of run `" + runId + "`",
              "list the runs with: ripen history"));
    }
    try (InputStream in = files.read(path)) {
      JsonNode node = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      String format = node.path("format").asText();
      if (!format.equals(PlanJson.FORMAT)) {
        throw new ProblemException(
            Problem.of(
                ErrorCode.STATE_NEWER,
                path + " has the format `" + format + "`, this ripen knows " + PlanJson.FORMAT,
                "use the ripen that wrote the plan, or plan again"));
      }
      return PlanJson.summary(node);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Rows to create and update. Close the stream. */
  public Stream<PlannedRow> changes(String runId) {
    return rows(PlanPaths.changes(runId));
  }

  /** What is sent of the rows to create and update. Close the stream. */
  Stream<PlannedWrite> writes(String runId) {
    return rows(PlanPaths.changes(runId), PlanRowParser::nextWrite);
  }

  /** Rows that the ledger takes over without a write. Close the stream. */
  public Stream<PlannedRow> learned(String runId) {
    return rows(PlanPaths.learned(runId));
  }

  /** Rows that the second pass skipped. Close the stream. */
  public Stream<PlannedRow> skipped(String runId) {
    return rows(PlanPaths.skipped(runId));
  }

  private Stream<PlannedRow> rows(String path) {
    return rows(path, PlanRowParser::next);
  }

  /** Reads one row; null at the end. */
  private interface Next<T> {
    @Nullable T of(PlanRowParser parser) throws IOException;
  }

  private <T> Stream<T> rows(String path, Next<T> next) {
    InputStream in = files.read(path);
    JsonParser json;
    try {
      json = Json.parser(in);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return StreamSupport.stream(new Rows<>(path, new PlanRowParser(json), next), false)
        .onClose(
            () -> {
              try {
                json.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private static final class Rows<T> extends AbstractSpliterator<T> {
    private final String path;
    private final PlanRowParser parser;
    private final Next<T> next;

    Rows(String path, PlanRowParser parser, Next<T> next) {
      super(Long.MAX_VALUE, ORDERED | NONNULL);
      this.path = path;
      this.parser = parser;
      this.next = next;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> consumer) {
      T row;
      try {
        row = next.of(parser);
      } catch (IOException | IllegalArgumentException | DateTimeException e) {
        throw unreadable(path, e);
      }
      if (row != null) {
        consumer.accept(row);
      }
      return row != null;
    }
  }

  private static ProblemException unreadable(String path, Exception cause) {
    return new ProblemException(
        Problem.of(
            ErrorCode.DATA_INVALID,
            path + " in the state cannot be read",
            "plan again with: ripen plan"),
        cause);
  }
}
