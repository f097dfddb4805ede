package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckFindingsTest {
  @Test
  void whatTheUserHasToMendComesFirst() {
    assertThat(exit(ErrorCode.SOURCE_UNAVAILABLE, ErrorCode.SQL_INVALID))
        .isEqualTo(ExitCode.CONFIG);
    assertThat(exit(ErrorCode.SOURCE_UNAVAILABLE, ErrorCode.DATA_INVALID))
        .isEqualTo(ExitCode.STOPPED);
    assertThat(exit(ErrorCode.SOURCE_UNAVAILABLE)).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(exit()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void namesTheModelsThatWereNotChecked() {
    CheckFindings findings =
        new CheckFindings(
            List.of(Problem.of(ErrorCode.SQL_INVALID, "leads is wrong", "mend it")),
            List.of(),
            List.of("leads", "scores"),
            List.of("scores"),
            1,
            1,
            List.of(),
            Map.of());
    assertThat(CheckView.text(findings, false))
        .isEqualTo(
            """
            not checked, because a model that they read has a problem: scores

            error[SQL_INVALID]: leads is wrong
              fix: mend it

            1 problem""");
  }

  @Test
  void showsWarningsAndStopsNothing() {
    Problem warning =
        Problem.of(ErrorCode.LINT_SAME_EVENT, "a and b count the same events", "remove one");
    CheckFindings findings =
        new CheckFindings(
            List.of(), List.of(warning), List.of(), List.of(), 2, 1, List.of("a note"), Map.of());

    assertThat(findings.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(CheckView.text(findings, false))
        .isEqualTo(
            """
            a note

            warning[LINT_SAME_EVENT]: a and b count the same events
              fix: remove one

            1 warning

            0 models, 2 rules, 1 destination: no problems""");
    assertThat(CheckView.json(findings, false).at("/warnings/0/code").asText())
        .isEqualTo("LINT_SAME_EVENT");
    assertThat(CheckView.json(findings, false).at("/problems").isEmpty()).isTrue();
  }

  @Test
  void showsProblemsAfterWarnings() {
    CheckFindings findings =
        new CheckFindings(
            List.of(Problem.of(ErrorCode.SQL_INVALID, "leads is wrong", "mend it")),
            List.of(Problem.of(ErrorCode.LINT_SAME_EVENT, "twins", "remove one")),
            List.of(),
            List.of(),
            2,
            1,
            List.of(),
            Map.of());

    assertThat(findings.exitCode()).isEqualTo(ExitCode.CONFIG);
    assertThat(CheckView.text(findings, false))
        .isEqualTo(
            """
            warning[LINT_SAME_EVENT]: twins
              fix: remove one

            1 warning

            error[SQL_INVALID]: leads is wrong
              fix: mend it

            1 problem""");
  }

  private static ExitCode exit(ErrorCode... codes) {
    List<Problem> problems = Stream.of(codes).map(code -> Problem.of(code, "x", "")).toList();
    return new CheckFindings(problems, List.of(), List.of(), List.of(), 0, 0, List.of(), Map.of())
        .exitCode();
  }
}
