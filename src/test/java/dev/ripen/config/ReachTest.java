package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The most that a model can give: exact where it can be, never too little. */
class ReachTest {
  private static final Offset<Double> MICRO = within(1e-6);

  @TempDir Path directory;

  private double total(String around, String rules) {
    return total(around, rules, "");
  }

  /** In points. */
  private double total(String around, String rules, String dimension) {
    String scoring =
        """
        version = "1"
        mql { threshold = 1 }
        %s
        dimensions { engagement { %s
          rules = [ %s ]
        } }
        """
            .formatted(around, dimension, rules);
    Definition definition = new ProjectFiles(directory).scoring(scoring).load().definition();
    return new Reach(definition.models().get(0)).total() / 1e6;
  }

  @Test
  void addsWhatIsTrueAndWhatCountsOnce() {
    assertThat(
            total(
                "",
                """
                { name = senior,  points = 15, lead = "a" }
                { name = free,    points = -10, lead = "b" }
                { name = sign-up, points = 25, event = "c", frequency = once }
                { name = leaves,  points = -25, event = "d" }
                { name = silent,  points = 0, inactive { after = 30d } }
                """))
        .isEqualTo(40);
  }

  @Test
  void hasNoEndWithoutACap() {
    assertThat(total("", "{ name = a, points = 1, event = \"a\" }")).isInfinite();
    assertThat(total("", "{ name = a, points = 1, event = \"a\", frequency = \"1 per 7 days\" }"))
        .isInfinite();
    assertThat(total("", "{ name = a, points = amount, event = \"a\", frequency = once }"))
        .isInfinite();
    assertThat(total("", "{ name = a, points = 1, event = \"a\", decay { half-life = 1d } }"))
        .isInfinite();
  }

  @Test
  void addsUpAwardsThatDecayAndAreLimited() {
    // At ages 0, 5, 12, 19 …: 7 days apart, and each may count as two days younger.
    double sum = 1;
    for (int age = 5; age < 500; age += 7) {
      sum += Math.pow(2, -age / 14.0);
    }
    assertThat(
            total(
                "",
                "{ name = a, points = 15, event = \"a\", frequency = \"1 per 7 days\","
                    + " decay { half-life = 14d } }"))
        .isCloseTo(15 * sum, MICRO);
    // Ages 0, 8 and 18 are below 20 days; the fourth is 28.
    assertThat(
            total(
                "",
                "{ name = a, points = 5, event = \"a\", frequency = \"2 per 10 days\","
                    + " decay { expire-after = 20d } }"))
        .isEqualTo(30);
  }

  @Test
  void capsRuleGroupDimensionAndTotal() {
    String page = "{ name = a, points = 1, event = \"a\", group = web }";
    assertThat(total("", "{ name = a, points = 9, event = \"a\", cap = 8 }")).isEqualTo(8);
    assertThat(total("", page, "groups { web { cap = 40 } }")).isEqualTo(40);
    assertThat(total("", page, "groups { web { cap = 40 } }, cap = 30")).isEqualTo(30);
    assertThat(total("total { cap = 20 }", page, "groups { web { cap = 40 } }")).isEqualTo(20);
    assertThat(total("", "{ name = a, points = -1, event = \"a\", floor = 2 }")).isEqualTo(2);
  }

  @Test
  void goesOneAwardBeyondAStop() {
    String rules =
        "{ name = a, points = 30, event = \"a\" }, { name = b, points = 7, lead = \"b\" }";
    assertThat(total("", rules, "stop-above = 100")).isEqualTo(137);
    // A deduction that decays lifts the total above what any award could.
    assertThat(total("", rules + ", { name = c, points = -1, event = \"c\" }", "stop-above = 100"))
        .isInfinite();
  }

  @Test
  void expectsCorrectionsOfANightlyFloorToStay() {
    String rules =
        "{ name = a, points = 10, lead = \"a\" }, { name = b, points = -10, lead = \"b\" }";
    assertThat(total("", rules, "floor = 0, floor-mode = nightly")).isInfinite();
    assertThat(total("", rules, "floor = 0")).isEqualTo(10);
  }
}
