package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemRenderer;
import dev.ripen.testing.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is legal but surely not meant, and what only looks so. */
class LintTest {
  @TempDir Path directory;

  private List<Problem> warnings(String scoring) {
    new ProjectFiles(directory).scoring(scoring);
    return ProjectLoader.warnings(
        directory, Optional.empty(), Map.of(), Map.of(), Optional.empty());
  }

  private void assertWarnings(String golden, String scoring) {
    Golden.assertMatches(
        "config/" + golden + ".txt", ProblemRenderer.render(warnings(scoring), false));
  }

  private static String model(String around, String rules) {
    return """
    version = "1"
    mql { threshold = 50 }
    %s
    dimensions { engagement { groups { shut { cap = 0 } }, rules = [
      { name = page, points = 5, event = "event_type = 'page'" }
    %s] } }
    """
        .formatted(around, rules.indent(2));
  }

  @Test
  void findsRulesThatNeverAwardOrChangeNothing() {
    assertWarnings(
        "lint-rules",
        model(
            """
            exclude { statuses = [ partner ] }
            suspend { statuses = [ customer, trial ] }
            exit    { statuses = [ lost ] }
            total   { cap = 100 }
            """,
            """
            { name = nothing,  points = 0, event = "event_type = 'nothing'" }
            { name = capped,   points = 5, event = "event_type = 'a'", cap = 0, cap-mode = stop }
            { name = shut-in,  points = 5, event = "event_type = 'b'", group = shut }
            { name = band,     points = -5, inactive { after = 30d, above = 30, up-to = 30 } }
            { name = beyond,   points = -5, inactive { after = 30d, above = 100 } }
            { name = paused,   points = 5, event = "event_type = 'c'", while-status = [ customer ] }
            { name = gone,     points = -5, event = "event_type = 'd'", while-status = [ lost, partner ] }
            { name = leaves,   points = -5, status = lost }
            { name = twin,     points = 3, event = "( EVENT_TYPE='page' )" }
            """));
  }

  @Test
  void leavesRulesAloneThatDoSomething() {
    assertThat(
            warnings(
                model(
                    """
                    suspend { statuses = [ customer ] }
                    exit    { statuses = [ lost ] }
                    window  { statuses = [ lost ], rules = [ begins ] }
                    """,
                    """
                    { name = begins,   points = 0, event = "event_type = 'begin'" }
                    { name = named,    points = 0, event = "event_type = 'a'" }
                    { name = needs,    points = 5, event = "event_type = 'b'", requires = [ named ] }
                    { name = resets,   points = 0, event = "event_type = 'c'", resets = all }
                    { name = at-once,  points = 0, event = "event_type = 'd'", auto-qualify = true }
                    { name = computed, points = "amount", event = "event_type = 'e'" }
                    { name = loses,    points = -5, event = "event_type = 'f'", while-status = [ customer ] }
                    { name = either,   points = 5, event = "event_type = 'g'", while-status = [ customer, trial ] }
                    { name = reopens,  points = 5, status = lost }
                    { name = other,    points = 3, event = "event_type = 'Page'" }
                    { name = colleague, points = 3, event = "event_type = 'page'", of = account }
                    { name = pause,    points = -1, inactive { after = 30d, above = 29, up-to = 30 } }
                    """)))
        .isEmpty();
  }

  @Test
  void findsThresholdsAndLevelsOutOfReach() {
    assertWarnings(
        "lint-reach",
        """
        version = "1"
        mql {
          threshold { default = 100, customer = 200 }
          segment = "segment", minimum { fit = 20, engagement = 60 }
        }
        levels = [
          { name = best,  from = 150 }
          { name = hot,   from = 65, minimum { fit = 16 } }
          { name = warm,  from = 50 }
          { name = tepid, from = 60, minimum { fit = 5 } }
          { name = cold }
        ]
        dimensions {
          engagement { cap = 50, rules = [ { name = page, points = 5, event = "event_type = 'page'" } ] }
          fit { rules = [
            { name = senior, points = 15, lead = "is_senior_title" }
            { name = free,   points = -10, lead = "is_free_mail" }
          ] }
        }
        """);
  }

  @Test
  void findsBandsOutOfReachAndSlipsInStatuses() {
    assertWarnings(
        "lint-statuses",
        """
        version = "1"
        mql { threshold = 10 }
        levels {
          letters { dimension = fit, bands = [ { name = A, from = 50 }, { name = B } ] }
          digits  { dimension = fit, bands = [ { name = "1" } ] }
        }
        suspend { statuses = [ costumer ] }
        resets  = [ { status = recycle, dimensions = all } ]
        dimensions { fit { rules = [
          { name = senior, points = 15, lead = "is_senior_title" }
          { name = back,   points = 15, event = "true", while-status = [ Recycled ], frequency = once }
        ] } }
        """);
  }

  @Test
  void namesThePlaceInEachOfSeveralModels() {
    String several =
        ProjectFiles.resource("several/scoring.conf").replace("threshold = 25", "threshold = 26");

    assertThat(warnings(several))
        .extracting(warning -> warning.span().orElseThrow().toString())
        .containsExactly("conf/scoring.conf:24:11");
  }

  @Test
  void findsRulesThatNoEventHasMatchedLately() {
    new ProjectFiles(directory)
        .scoring(
            model(
                "",
                """
                { name = trial, points = 5, account-event = "a" }
                { name = old,   points = 5, event = "b" }
                { name = fits,  points = 5, lead = "c" }
                """));
    List<Problem> warnings =
        ProjectLoader.warnings(
            directory,
            Optional.empty(),
            Map.of(),
            Map.of(),
            Optional.of(new Heard(Set.of("page", "trial", "gone"), 30)));

    assertThat(ProblemRenderer.render(warnings, false))
        .isEqualTo(
            """
            warning[LINT_RULE_WITHOUT_EVENT]: no event has matched the rule `old` in the 30 days \
            before the last run
              --> conf/scoring.conf:7:31
               7 |   { name = old,   points = 5, event = "b" }
              fix: compare its predicate with the events that come, or remove the rule

            1 warning
            """);
  }

  @Test
  void saysNothingAboutDefinitionsThatAreMeant() throws Exception {
    for (String name : List.of("design/conf", "every-key", "several")) {
      assertThat(warnings(ProjectFiles.resource(name + "/scoring.conf")))
          .as(name)
          .filteredOn(warning -> !warning.what().startsWith("the rule `month` changes nothing"))
          .isEmpty();
    }
    Path sample = Path.of(System.getProperty("basedir", ""), "conf/scoring.conf");
    assertThat(warnings(Files.readString(sample))).isEmpty();
  }

  @Test
  void saysNothingWhileSomethingIsWrong() {
    ProjectFiles files =
        new ProjectFiles(directory)
            .scoring(
                model("", "{ name = nothing, points = 0, event = \"a\" }\n{ name = nothing }"));

    assertThat(files.problems()).noneMatch(problem -> problem.code().isWarning());
  }
}
