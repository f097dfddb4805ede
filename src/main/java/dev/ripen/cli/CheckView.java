package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemRenderer;
import java.util.StringJoiner;

/** Shows what a check found. Pure. */
final class CheckView {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CheckView() {}

  /** For people: the problems, or one line that there are none. */
  static String text(CheckFindings findings, boolean color) {
    StringJoiner text = new StringJoiner("\n");
    findings.notes().forEach(text::add);
    if (findings.problems().isEmpty()) {
      warn(findings, color, text);
      return text.add(totals(findings) + ": no problems").toString();
    }
    if (!findings.notChecked().isEmpty()) {
      text.add(
          "not checked, because a model that they read has a problem: "
              + String.join(", ", findings.notChecked()));
    }
    warn(findings, color, text);
    if (text.length() > 0 && findings.warnings().isEmpty()) {
      text.add("");
    }
    return text.add(ProblemRenderer.render(findings.problems(), color).stripTrailing()).toString();
  }

  private static void warn(CheckFindings findings, boolean color, StringJoiner text) {
    if (findings.warnings().isEmpty()) {
      return;
    }
    if (text.length() > 0) {
      text.add("");
    }
    text.add(ProblemRenderer.render(findings.warnings(), color));
  }

  private static String totals(CheckFindings findings) {
    return RunView.plural(findings.models().size(), "model")
        + ", "
        + RunView.plural(findings.rules(), "rule")
        + ", "
        + RunView.plural(findings.destinations(), "destination");
  }

  /** For programs. */
  static ObjectNode json(CheckFindings findings, boolean withSql) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.check/1");
    var problems = node.putArray("problems");
    for (Problem problem : findings.problems()) {
      problems.add(json(problem));
    }
    var warnings = node.putArray("warnings");
    findings.warnings().forEach(warning -> warnings.add(json(warning)));
    findings.models().forEach(node.putArray("models")::add);
    findings.notChecked().forEach(node.putArray("not_checked")::add);
    node.put("rules", findings.rules());
    node.put("destinations", findings.destinations());
    findings.notes().forEach(node.putArray("notes")::add);
    if (withSql) {
      ObjectNode sql = node.putObject("sql");
      findings.sql().forEach(sql::put);
    }
    return node;
  }

  private static ObjectNode json(Problem problem) {
    ObjectNode node = JSON.createObjectNode();
    node.put("code", problem.code().name());
    node.put("what", problem.what());
    problem
        .span()
        .ifPresentOrElse(
            span -> {
              node.put("file", span.file());
              node.put("line", span.line());
              node.put("column", span.column());
            },
            () -> node.putNull("file").putNull("line").putNull("column"));
    node.put("fix", problem.fix());
    return node;
  }
}
