package dev.ripen.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

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

  /** Rows that the ledger takes over without a write. Close the stream. */
  public Stream<PlannedRow> learned(String runId) {
    return rows(PlanPaths.learned(runId));
  }

  /** Rows that the second pass skipped. Close the stream. */
  public Stream<PlannedRow> skipped(String runId) {
    return rows(PlanPaths.skipped(runId));
  }

  private Stream<PlannedRow> rows(String path) {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(files.read(path), StandardCharsets.UTF_8));
    return reader
        .lines()
        .map(line -> parse(path, line))
        .onClose(
            () -> {
              try {
                reader.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private static PlannedRow parse(String path, String line) {
    try {
      return PlanJson.row(line);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw unreadable(path, e);
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
