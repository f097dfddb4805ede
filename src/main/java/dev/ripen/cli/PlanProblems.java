package dev.ripen.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.sync.GuardResult;
import dev.ripen.sync.StateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What stopped a saved plan, kept with it, so that it is not sent later after all. */
final class PlanProblems {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlanProblems() {}

  static void write(
      StateFiles files, String runId, List<Problem> checks, List<GuardResult> guards) {
    ArrayNode rows = JSON.createArrayNode();
    List<Problem> all = new ArrayList<>(checks);
    all.addAll(GuardResult.problems(guards));
    for (Problem problem : all) {
      rows.addObject()
          .put("code", problem.code().name())
          .put("what", problem.what())
          .put("fix", problem.fix());
    }
    files.write(path(runId), rows.toString().getBytes(StandardCharsets.UTF_8));
  }

  static List<Problem> read(StateFiles files, String runId) {
    List<Problem> problems = new ArrayList<>();
    if (!files.exists(path(runId))) {
      return problems;
    }
    try (InputStream in = files.read(path(runId))) {
      for (JsonNode row : JSON.readTree(in)) {
        problems.add(
            Problem.of(
                ErrorCode.valueOf(row.path("code").asText()),
                row.path("what").asText(),
                row.path("fix").asText()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path(runId), e);
    }
    return problems;
  }

  private static String path(String runId) {
    return "plans/" + runId + "/problems.json";
  }
}
