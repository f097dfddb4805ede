package dev.ripen.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.sync.PlanPaths;
import dev.ripen.sync.StateFiles;
import dev.ripen.sync.StateFiles.LineSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Takes people out of frozen plans and their outboxes; the plans' totals follow. */
final class ForgetPlans {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StateFiles files;

  ForgetPlans(StateFiles files) {
    this.files = files;
  }

  /** Lines about those people in all plans and outboxes. */
  long count(Predicate<JsonNode> isMeant) {
    return files.list("plans").stream().mapToLong(run -> count(run, isMeant)).sum();
  }

  private long count(String runId, Predicate<JsonNode> isMeant) {
    return planFiles(runId).stream()
        .filter(files::exists)
        .mapToLong(path -> seqs(path, isMeant).size())
        .sum();
  }

  /** Takes them out of every plan. */
  void removeEverywhere(Predicate<JsonNode> isMeant) {
    files.list("plans").forEach(run -> remove(run, isMeant));
  }

  /** Takes them out of one plan. */
  void remove(String runId, Predicate<JsonNode> isMeant) {
    for (String path : planFiles(runId)) {
      Set<Long> gone = files.exists(path) ? seqs(path, isMeant) : Set.of();
      if (gone.isEmpty()) {
        continue;
      }
      if (path.equals(PlanPaths.changes(runId))) {
        // First: a crash after it leaves a plan that is one row short, which is seen at once.
        lowerTotals(runId, path, isMeant);
        removeOutcomes(runId, gone);
      }
      rewrite(path, line -> !isMeant.test(line));
    }
  }

  private static List<String> planFiles(String runId) {
    return List.of(PlanPaths.changes(runId), PlanPaths.learned(runId), PlanPaths.skipped(runId));
  }

  private Set<Long> seqs(String path, Predicate<JsonNode> isMeant) {
    Set<Long> seqs = new HashSet<>();
    eachLine(
        path,
        line -> {
          if (isMeant.test(line)) {
            seqs.add(line.path("seq").asLong());
          }
        });
    return seqs;
  }

  private void lowerTotals(String runId, String changes, Predicate<JsonNode> isMeant) {
    String path = PlanPaths.summary(runId);
    if (!files.exists(path)) {
      return;
    }
    ObjectNode summary;
    try (InputStream in = files.read(path)) {
      summary = (ObjectNode) JSON.readTree(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
    ObjectNode totals = (ObjectNode) summary.required("totals");
    eachLine(
        changes,
        line -> {
          if (isMeant.test(line)) {
            for (String name : List.of(line.required("action").asText(), "wanted")) {
              totals.put(name, Math.max(0, totals.path(name).asLong() - 1));
            }
          }
        });
    files.write(path, summary.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void removeOutcomes(String runId, Set<Long> gone) {
    String directory = PlanPaths.outbox(runId);
    for (String name : files.list(directory)) {
      rewrite(directory + "/" + name, line -> !gone.contains(line.path("seq").asLong()));
    }
  }

  /** By way of a second file: not every store can be read from while it is written to. */
  private void rewrite(String path, Predicate<JsonNode> stays) {
    String copy = path + ".forget";
    try (LineSink out = files.writeLines(copy)) {
      eachLine(
          path,
          line -> {
            if (stays.test(line)) {
              out.line(line.toString());
            }
          });
    }
    try (LineSink out = files.writeLines(path)) {
      eachLine(copy, line -> out.line(line.toString()));
    }
    files.delete(copy);
  }

  /** The last line of an outbox may be torn: it never counted. */
  private static Optional<JsonNode> parsed(String text) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private interface Lines {
    void line(JsonNode line);
  }

  private void eachLine(String path, Lines lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(files.read(path), StandardCharsets.UTF_8))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        Optional<JsonNode> line = parsed(text);
        if (line.isPresent()) {
          lines.line(line.get());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }
}
