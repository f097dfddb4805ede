package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.problem.ProblemException;
import dev.ripen.spark.ModelCaseResult;
import dev.ripen.testing.Golden;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TestCommandTest {
  private static final List<String> CASES =
      List.of("leads/merged-contacts", "leads/missing-email", "rules/recycled");

  @Test
  void runsAllCasesUnlessSomeAreNamed() {
    assertThat(chosen()).isEqualTo(CASES);
    assertThat(chosen("leads")).containsExactly("leads/merged-contacts", "leads/missing-email");
    assertThat(chosen("recycled")).containsExactly("rules/recycled");
    assertThat(chosen("leads/mer", "rules"))
        .containsExactly("leads/merged-contacts", "rules/recycled");
    assertThat(chosen("sql/tests/leads/missing-email/")).containsExactly("leads/missing-email");
  }

  @Test
  void refusesANameThatMeansNoCase() {
    assertThatThrownBy(() -> TestCommand.wanted(List.of("recicled"), CASES))
        .isInstanceOf(ProblemException.class)
        .hasMessage("USAGE_INVALID: no case is called recicled")
        .satisfies(
            e ->
                assertThat(((ProblemException) e).problems().get(0).fix())
                    .isEqualTo("did you mean recycled?"));
  }

  @Test
  void showsWhatDiffersBelowTheCase() {
    List<ModelCaseResult> results =
        List.of(
            new ModelCaseResult("leads", "merged-contacts", true, ""),
            new ModelCaseResult(
                "rules",
                "recycled",
                false,
                "expected 1 rows, got 1: 1 missing (-), 1 unexpected (+)\n    lead_id | score\n  -"
                    + " again   | 55\n  + again   | 45"));
    String text =
        results.stream().map(result -> TestView.line(result) + "\n").collect(Collectors.joining());
    Golden.assertMatches("cli/test-failed.txt", text + TestView.summary(results, 1.25) + "\n");
    Golden.assertMatches("cli/test-failed.json", TestView.json(results).toPrettyString() + "\n");
  }

  @Test
  void saysWhereCasesGoIfThereAreNone() {
    assertThat(TestView.summary(List.of(), 0))
        .isEqualTo("no cases: write some in sql/tests/<model>/<case> or sql/tests/rules/<case>");
  }

  private static List<String> chosen(String... names) {
    return CASES.stream().filter(TestCommand.wanted(List.of(names), CASES)).toList();
  }
}
