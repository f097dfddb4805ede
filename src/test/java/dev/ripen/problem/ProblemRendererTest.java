package dev.ripen.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.testing.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemRendererTest {
  private static final Problem IN_A_LINE =
      Problem.at(
          new SourceSpan("sql/scores.sql", 14, 9, "    e.utm_src"),
          ErrorCode.SQL_COLUMN_NOT_FOUND,
          "lead_scores reads `utm_src`, which stg_events does not have",
          "did you mean `utm_source`? Edit the line, then run: ripen check");
  private static final Problem IN_A_FILE =
      Problem.at(
          SourceSpan.ofFile("conf/scoring.conf"),
          ErrorCode.CONFIG_MISSING_KEY,
          "`mql.threshold` is missing",
          "write how many points make an MQL, for example:\nmql { threshold = 50 }");
  private static final Problem NOWHERE =
      Problem.of(ErrorCode.LEAD_NOT_FOUND, "no lead has the id 4711", "");

  @Test
  void showsOneBlockPerProblem() {
    Golden.assertMatches(
        "problem/several.txt",
        ProblemRenderer.render(List.of(IN_A_LINE, IN_A_FILE, NOWHERE), false));
  }

  @Test
  void countsASingleProblem() {
    Golden.assertMatches("problem/one.txt", ProblemRenderer.render(List.of(IN_A_LINE), false));
  }

  @Test
  void paintsWithoutChangingTheText() {
    String painted = ProblemRenderer.render(List.of(IN_A_LINE, IN_A_FILE, NOWHERE), true);

    Golden.assertMatches("problem/several-in-color.txt", painted);
    assertThat(painted.replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(ProblemRenderer.render(List.of(IN_A_LINE, IN_A_FILE, NOWHERE), false));
  }

  @Test
  void leavesOutALineThatIsNotKnown() {
    Problem problem =
        Problem.at(
            new SourceSpan("conf/ripen.conf", 3, 0, ""),
            ErrorCode.CONFIG_UNKNOWN_KEY,
            "unknown key `projekt`",
            "did you mean `project`?");

    Golden.assertMatches("problem/no-snippet.txt", ProblemRenderer.render(List.of(problem), false));
  }
}
