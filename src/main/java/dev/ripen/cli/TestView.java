package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.spark.ModelCaseResult;
import java.util.List;
import java.util.Locale;

/** Shows how cases ended. Pure. */
final class TestView {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TestView() {}

  /** One line for a case that passed, with what differs below it for one that did not. */
  static String line(ModelCaseResult result) {
    String name = result.suite() + "/" + result.name();
    return result.passed()
        ? "passed  " + name
        : "FAILED  " + name + "\n        " + result.message().replace("\n", "\n        ");
  }

  static String summary(List<ModelCaseResult> results, double seconds) {
    long failed = results.stream().filter(result -> !result.passed()).count();
    if (results.isEmpty()) {
      return "no cases: write some in sql/tests/<model>/<case> or sql/tests/rules/<case>";
    }
    return String.format(
        Locale.ROOT,
        "%s: %d passed, %d failed  %.1fs",
        RunView.plural(results.size(), "case"),
        results.size() - failed,
        failed,
        seconds);
  }

  static ObjectNode json(List<ModelCaseResult> results) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.test/1");
    long failed = results.stream().filter(result -> !result.passed()).count();
    node.put("passed", results.size() - failed);
    node.put("failed", failed);
    ArrayNode cases = node.putArray("cases");
    for (ModelCaseResult result : results) {
      cases
          .addObject()
          .put("suite", result.suite())
          .put("name", result.name())
          .put("passed", result.passed())
          .put("message", result.message());
    }
    return node;
  }
}
