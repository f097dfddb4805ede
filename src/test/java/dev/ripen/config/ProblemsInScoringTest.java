package dev.ripen.config;

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
  void findsEveryWrongTriggerConditionAndEffectAtOnce() {
    assertProblems(
        "scoring-language",
        withRules(
            """
            { name = page,        points = 1, event = "true" }
            { name = lost,        points = 1, status = lost }
            { name = senior,      points = 1, lead = "is_senior" }
            { name = silent,      points = 1, inactive { after = 30d } }
            { name = two,         points = 1, event = "true", status = lost }
            { name = three,       points = 1, status = a, statuses = [ b ] }
            { name = slip,        points = 1, evnt = "true" }
            { name = no-rule,     points = 1, event = "true", requires = [ pagee ] }
            { name = itself,      points = 1, event = "true", unless = [ itself ] }
            { name = both-ways,   points = 1, event = "true", requires = [ page ], unless = [ page ] }
            { name = wrong-kind,  points = 1, event = "true", requires = [ senior, page, page ] }
            { name = no-within,   points = 1, event = "true", within = 3d }
            { name = unit,        points = 1, event = "true", requires = [ page ], within = 3m }
            { name = nothing,     points = 1, event = "true", requires = [] }
            { name = fit-unless,  points = 1, lead = "true", unless = [ page ] }
            { name = few,         points = 1, count { rules = [ page ], at-least = 0, of = weeks } }
            { name = counted,     points = 1, count { rules = [ page ], at-least = 2, within = 1d } }
            { name = recount,     points = 1, count { rules = [ counted, lost, recount ], at-least = 2, within = 1d } }
            { name = outside,     points = 1, count { rules = [ page ], at-least = 2 }, within = 1d, at-leest = 1 }
            { name = joined,      points = 1, all-of = [ page, both ], within = 0d, requires = [ page ] }
            { name = rejoined,    points = 1, all-of = [ joined, silent ], unless = [ page ] }
            { name = earns,       points = 5, inactive { after = 30d, every = 1h, over = 3 }, frequency = once, decay = none }
            { name = sql-status,  points = "amount * 2", status = lost }
            { name = of-status,   points = 1, status = lost, of = account }
            { name = of-account,  points = 1, account-event = "true", of = account }
            { name = of-company,  points = 1, event = "true", of = company }
            { name = at-once,     points = 1, event = "true", auto-qualify = yes }
            { name = fit-at-once, points = 1, lead = "true", auto-qualify = true }
            { name = no-such,     points = 1, event = "true", resets = [ engagment ] }
            { name = one-word,    points = 1, event = "true", resets = engagement }
            { name = count-reset, points = 1, count { rules = [ page ], at-least = 2, within = 1d }, resets = all }
            { name = night,       points = 1, event = "true", floor = 0, floor-mode = nightly }
            { name = uncapped,    points = 1, event = "true", cap-mode = stop }
            { name = cap-mode,    points = 1, event = "true", cap = 3, cap-mode = halt }
            { name = misplaced,   points = 1, event = "true", after = 30d, stop-above = 3 }
            """));
  }

  @Test
  void findsEveryWrongThingOfTheLanguageAroundTheRulesAtOnce() {
    assertProblems(
        "scoring-language-around",
        """
        version = "1"
        apply   = form
        restate = maybe
        threshold = 50
        effective-from = "2026-11-01"
        mql {
          threshold { customer = 200 }
          re-qualify = on-crossing, disqualified = returns, segments = [ a ]
        }
        levels {
          letters { dimension = fitt, bands = [ { name = A, from = 5 }, { name = A1, from = 7 }, { from = 3 } ] }
          digits  { dimension = engagement, bands = [ { name = "11" }, { name = "1" } ] }
        }
        window  { for = 40 }
        exit    { }
        suspend { statuses = [] }
        resets  = [
          { status = recycled, dimensions = [ fit, fitness ] }
          { status = recycled, dimensions = everything }
          { dimension = all }
        ]
        total   { floor-mode = nightly, stop-above = 300 }
        dimensions {
          engagement {
            groups { web { floor = 0, floor-mode = nightly, rules = [] } }
            suspend { statuses = [ customer ] }
            rules = [ { name = page, points = 1, event = "true" } ]
          }
          fit { rules = [] }
        }
        """);
  }

  @Test
  void findsWhatIsWrongWithThresholdsAndLevels() {
    assertProblems(
        "scoring-thresholds",
        """
        version = "1"
        mql { threshold { default = 100 }, lapse-below = 120 }
        levels = [
          { name = hot,  from = 65, minimum { fitt = 1 }, all-of = [ pagee ] }
          { name = warm, when = "true" }
          { name = cold }
        ]
        window { rules = [ senior, trial ], on-mql = true }
        dimensions {
          fit { rules = [ { name = senior, points = 1, lead = "true" }, { name = page, points = 1, event = "true" } ] }
        }
        """);
    assertProblems(
        "scoring-segment",
        """
        version = "1"
        mql { threshold = 100, segment = "country", lapse-below = 101 }
        dimensions { fit { rules = [ { name = senior, points = 1, lead = "true" } ] } }
        """);
  }

  @Test
  void findsWhatIsWrongInEveryModelAtOnce() {
    assertProblems(
        "scoring-models",
        """
        version = "1"
        mql { threshold = 50 }
        models {
          person {
            version = "2"
            mql { treshold = 50 }
            dimensions { fit { rules = [ { name = a, points = 1, lead = "true" }, { name = a, points = 2, lead = "true" } ] } }
          }
          "Trial Model" {
            dimensions { fit { rules = [ { name = a, points = 1, event = "true", requires = [ b ] } ] } }
          }
          empty = 3
        }
        """);
    assertProblems("scoring-no-models", "version = \"1\"\nmodels { }\n");
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
