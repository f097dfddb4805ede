package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.SourceSpan;
import org.junit.jupiter.api.Test;

class PredicatePlacesTest {
  private static final String TEXT =
      """
      exclude { lead = "country = 'US'" }
      rules = [
        { name = home, event = "country = 'US'" }
        { event = "path RLIKE '\\\\\\\\d' AND naem", name = digits }
        { name = long, lead = \"""a
          AND b\""" }
      ]
      """;

  private final PredicatePlaces places = new PredicatePlaces(TEXT);

  @Test
  void pointsIntoThePredicateOfTheRule() {
    assertThat(place("rule home", "country = 'US'", 1, 1))
        .isEqualTo(new SourceSpan("conf/scoring.conf", 3, 27, line(3)));
    assertThat(place("rule long", "a\n    AND b", 2, 9))
        .isEqualTo(new SourceSpan("conf/scoring.conf", 6, 9, line(6)));
  }

  @Test
  void countsTheSignsThatQuotingAdds() {
    assertThat(place("rule digits", "path RLIKE '\\\\d' AND naem", 1, 22))
        .isEqualTo(new SourceSpan("conf/scoring.conf", 4, 37, line(4)));
  }

  @Test
  void tellsTheSamePredicateOfTheExclusionFromThatOfARule() {
    assertThat(place("exclude", "country = 'US'", 1, 11))
        .isEqualTo(new SourceSpan("conf/scoring.conf", 1, 29, line(1)));
  }

  @Test
  void pointsToTheFileWhereThePredicateComesFromElsewhere() {
    assertThat(place("rule home", "set on the command line", 1, 1))
        .isEqualTo(SourceSpan.ofFile("conf/scoring.conf"));
  }

  private SourceSpan place(String subject, String predicate, int line, int column) {
    SourceSpan within = new SourceSpan(subject, line, column, predicate);
    Problem problem = Problem.at(within, ErrorCode.SQL_COLUMN_NOT_FOUND, "what", "fix");
    return places.placed(problem, subject, predicate).span().orElseThrow();
  }

  private static String line(int number) {
    return TEXT.lines().skip(number - 1L).findFirst().orElseThrow();
  }
}
