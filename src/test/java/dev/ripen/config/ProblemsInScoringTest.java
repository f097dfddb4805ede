package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.testing.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemsInScoringTest {
  @TempDir Path directory;
  private ProjectFiles files;

  @BeforeEach
  void startFromTheLeast() {
    files = new ProjectFiles(directory);
  }

  private void assertProblems(String golden, String scoring) {
    Golden.assertMatches("config/" + golden + ".txt", files.scoring(scoring).rendered());
  }

  private static String withRules(String rules) {
    return """
    version = "1"
    mql { threshold = 50 }
    dimensions {
      engagement {
        groups { web { cap = 40 } }
        rules = [
    %s    ]
      }
    }
    """
        .formatted(rules.indent(6));
  }

  @Test
  void suggestsTheNearestKeyForEveryUnknownOne() {
    assertProblems(
        "scoring-unknown-keys",
        """
        version = "1"
        mql { threshold = 50, treshold-2 = 3, minimun { engagement = 1 } }
        levls = []
        exclude { domain = [ acme.com ] }
        dimensions {
          engagement {
            decay { halflife = 14d }
            group { web { cap = 40 } }
            rules = [ { name = a, points = 1, event = "true", freqency = once } ]
          }
        }
        total { max = 100 }
        colour = red
        """);
  }

  @Test
  void saysWhatToWriteForAPlusSign() {
    assertProblems(
        "scoring-plus",
        withRules("{ name = a, points = +15, event = \"true\" }\n{ name = b, points = 1 }"));
  }

  @Test
  void saysWhichQuoteIsMissing() {
    assertProblems(
        "scoring-quote",
        withRules("{ name = a, label = \"Signed up, points = 15, event = \"true\" }"));
  }

  @Test
  void saysWhichBraceIsMissing() {
    assertProblems("scoring-brace", "version = \"1\"\nmql { threshold = 50\n");
  }

  @Test
  void findsEveryWrongRuleAtOnce() {
    assertProblems(
        "scoring-rules",
        withRules(
            """
            { name = quoted-plus,  points = "+15", event = "true" }
            { name = seven-places, points = 0.1234567, event = "true" }
            { name = comma,        points = "1,5", event = "true" }
            { name = huge,         points = 99999999999999, event = "true" }
            { name = no-points,    event = "true" }
            { points = 1,          event = "true" }
            { name = nothing,      points = 1 }
            { name = twice,        points = 1, event = "true" }
            { name = twice,        points = 1, event = "true" }
            { name = unknown-group, points = 1, event = "true", group = wep }
            { name = often,        points = 1, event = "true", frequency = "3 times a day" }
            { name = both-ways,    points = 1, event = "true", frequency = "1 per 2 calendar weeks" }
            { name = fit-often,    points = 1, lead = "true", frequency = once }
            { name = fit-decay,    points = 1, lead = "true", decay { half-life = 14d } }
            { name = minutes,      points = 1, event = "true", decay { expire-after = 3m } }
            { name = hours,        points = 1, event = "true", decay { expire-after = 36h } }
            { name = two-decays,   points = 1, event = "true", decay { expire-after = 3d, half-life = 1d } }
            { name = empty-decay,  points = 1, event = "true", decay { } }
            { name = odd-decay,    points = 1, event = "true", decay = fast }
            { name = linear,       points = 1, event = "true", decay { linear = "25 per 30d" } }
            { name = limits,       points = 1, event = "true", cap = 5, floor = 6 }
            { name = "with blank", points = 1, event = "true" }
            { name = listed,       points = [ 1 ], event = "" }
            """));
  }

  @Test
  void findsEveryWrongThingAroundTheRulesAtOnce() {
    assertProblems(
        "scoring-around",
        """
        mql { strictly-above = maybe, minimum { engagment = 1 }, re-qualify = after-recycling }
        levels = [
          { name = cold, from = 10 }
          { name = hot, from = 65 }
          { name = hot, from = 5 }
          { from = 1 }
        ]
        exclude { domains = [ "bob@acme.com" ], disposable-mail = 1, statuses = customer }
        dimensions {
          engagement { rules = [ { name = a, points = 1, event = "true" } ] }
          total { rules = [] }
          "Big Fit" { rules = { name = b } }
        }
        """);
  }

  @Test
  void refusesWhatItCannotDoYetAndNeverIgnoresIt() {
    assertProblems(
        "scoring-not-yet",
        """
        version = "1"
        mql {
          threshold { prospect = 100, customer = 200 }
          re-qualify = on-crossing
          lapse-below = 30
          auto-qualify = [ { event = "true" } ]
        }
        levels { fit = [ A, B ], engagement = [ 1, 2 ] }
        models { trial { } }
        segments = [ prospect, customer ]
        suspend { statuses = [ customer ] }
        inactivity { after = 30d, points = -5 }
        total { floor = nightly, stop-above = 300 }
        dimensions {
          engagement {
            stop-above = 300
            inactivity { after = 30d, points = -5 }
            reset { statuses = [ recycled ] }
            cap = "stop 40"
            floor { nightly = 0 }
            rules = [
              { name = a, points = "amount * 2", event = "true" }
              { name = b, points = 1, at-least = 3, within = 7d, rules = [ a ] }
              { name = c, points = 1, event = "true", cap { stop = 40 } }
            ]
          }
        }
        """);
    assertThat(files.problems())
        .extracting(Problem::code)
        .contains(ErrorCode.CONFIG_NOT_SUPPORTED_YET);
  }

  @Test
  void wantsAThreshold() {
    assertProblems(
        "scoring-no-threshold",
        """
        version = "1"
        mql { minimum { engagement = 1 } }
        dimensions { engagement { rules = [ { name = a, points = 1, event = "true" } ] } }
        """);
  }

  @Test
  void wantsMoreThanAnEmptyFile() {
    assertProblems("scoring-empty", "");
  }

  @Test
  void reportsMistakesOfBothFiles() {
    files.ripen("project = acme-mql\ntime-zone = \"Europe/Berlim\"\n");
    assertProblems(
        "both-files",
        """
        version = "1"
        mql { threshold = fifty }
        dimensions { engagement { rules = [ { name = a, points = 1, event = "true" } ] } }
        """);
  }
}
