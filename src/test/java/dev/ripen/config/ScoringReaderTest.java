package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Definition.Exclusions;
import dev.ripen.config.Definition.Model;
import dev.ripen.config.Definition.Predicates;
import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Frequency;
import dev.ripen.scoring.Frequency.Bucket;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Qualification.Requalify;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.Rule.Conditions;
import dev.ripen.scoring.Rule.Effects;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.scoring.Trigger;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringReaderTest {
  private static final Limits NONE = Limits.NONE;

  @TempDir Path directory;
  private ProjectFiles files;

  @BeforeEach
  void startFromTheLeast() {
    files = new ProjectFiles(directory);
  }

  private static Model only(Definition definition) {
    assertThat(definition.models()).hasSize(1);
    return definition.models().get(0);
  }

  @Test
  void fillsInTheDefaults() {
    Definition definition = files.load().definition();
    Rule rule = rule("sign-up", "Sign up", 25_000_000, null, new Frequency.Always(), null, NONE);

    assertThat(definition)
        .isEqualTo(
            new Definition(
                "1",
                definition.fingerprint(),
                Optional.empty(),
                false,
                List.of(
                    new Model(
                        new ScoringModel(
                            "default",
                            "1",
                            definition.fingerprint(),
                            ZoneId.of("UTC"),
                            List.of(
                                new Dimension(
                                    "engagement",
                                    new Decay.None(),
                                    NONE,
                                    List.of(),
                                    List.of(rule))),
                            NONE,
                            new Qualification(50_000_000, false, Map.of(), Requalify.AFTER_RECYCLE),
                            Levels.NONE),
                        Map.of(
                            "sign-up",
                            new Predicates(
                                Optional.of("event_type = 'signed_up'"), Optional.empty())),
                        new Exclusions(List.of(), List.of(), false, List.of(), Optional.empty()),
                        Optional.empty(),
                        Optional.empty())),
                ProjectFiles.LEAST_SCORING));
  }

  @Test
  void readsEveryKeyOfASimpleModel() {
    Model model =
        only(files.scoring(ProjectFiles.resource("every-key/scoring.conf")).load().definition());

    assertThat(model.scoring())
        .isEqualTo(
            new ScoringModel(
                "default",
                "2026-11 b",
                model.scoring().fingerprint(),
                ZoneId.of("UTC"),
                List.of(behaviour(), fit()),
                new Limits(300_000_000L, 0L),
                new Qualification(
                    65_500_000,
                    true,
                    Map.of("behaviour", 1_000_000L, "fit", 500_000L),
                    Requalify.NEVER),
                new Levels.Grades(
                    List.of(new Level("hot", 65_500_000), new Level("cool", -10_000_000)))));
    assertThat(model.exclusions())
        .isEqualTo(
            new Exclusions(
                List.of("acme.com", "acme.io", "acme.dev"),
                List.of("test"),
                true,
                List.of("customer", "disqualified"),
                Optional.of("country = 'XX'")));
  }

  private static Dimension behaviour() {
    Frequency always = new Frequency.Always();
    Frequency once = new Frequency.Once();
    return new Dimension(
        "behaviour",
        new Decay.Linear(250_000, 30),
        new Limits(100_000_000L, -20_000_000L),
        List.of(
            new Group("web", new Decay.Expire(90), new Limits(40_000_000L, 0L)),
            new Group("mail", new Decay.None(), NONE)),
        List.of(
            rule("always", "Always", 1_000_000, null, always, null, limits(10, -1)),
            rule("once", "Once", 2_500_000, "web", once, null, NONE),
            rule("rolling", "Rolling", 1, "mail", rolling(3, 7), null, limits(5)),
            rule("weeks", "Weeks", -3_000_000, null, rolling(1, 14), new Decay.HalfLife(14), NONE),
            rule("month", "Month", 0, null, rolling(1, 30), new Decay.None(), NONE),
            rule("day-bucket", "Day bucket", 4_000_000, null, in(2, Bucket.DAY), null, NONE),
            rule("week-bucket", "Week bucket", 4_000_000, null, in(1, Bucket.WEEK), null, NONE),
            rule(
                "month_bucket",
                "Pipe | and *star*",
                4_000_000,
                null,
                in(1, Bucket.MONTH),
                null,
                NONE),
            new Rule(
                "both",
                "Demo by a senior",
                new Trigger.Event(),
                Conditions.LEAD,
                30_000_000,
                null,
                once,
                null,
                NONE,
                Effects.NONE)));
  }

  private static Dimension fit() {
    return new Dimension(
        "fit",
        new Decay.None(),
        limits(60),
        List.of(),
        List.of(
            new Rule(
                "senior",
                "Senior",
                new Trigger.Attribute(),
                15_000_000,
                null,
                new Frequency.Always(),
                null,
                limits(15))));
  }

  private static Rule rule(
      String name,
      String label,
      long microPoints,
      @Nullable String group,
      Frequency frequency,
      @Nullable Decay decay,
      Limits limits) {
    return new Rule(name, label, new Trigger.Event(), microPoints, group, frequency, decay, limits);
  }

  private static Limits limits(long cap) {
    return new Limits(cap * 1_000_000, null);
  }

  private static Limits limits(long cap, long floor) {
    return new Limits(cap * 1_000_000, floor * 1_000_000);
  }

  private static Frequency rolling(int times, int days) {
    return new Frequency.Rolling(times, days);
  }

  private static Frequency in(int times, Bucket bucket) {
    return new Frequency.Calendar(times, bucket);
  }

  @Test
  void keepsTheFingerprintWhenOnlyTheLooksChange() {
    String before = fingerprint(ProjectFiles.LEAST_SCORING);

    assertThat(before).matches("[0-9a-f]{6}");
    assertThat(
            fingerprint(
                """
                # A comment.
                dimensions.engagement.rules = [ {
                  event = "event_type = 'signed_up'"
                  points = 25.0
                  name = sign-up
                } ]
                mql.threshold = 50.00
                version = "another"
                """))
        .isEqualTo(before);
  }

  @Test
  void changesTheFingerprintWithEverythingThatCanChangeAScore() {
    String least = ProjectFiles.LEAST_SCORING;
    List<String> variants =
        List.of(
            least,
            least.replace("threshold = 50", "threshold = 51"),
            least.replace("threshold = 50", "threshold = 50, strictly-above = true"),
            least.replace("threshold = 50", "threshold = 50, re-qualify = never"),
            least.replace("threshold = 50", "threshold = 50, minimum { engagement = 1 }"),
            least.replace("points = 25", "points = 26"),
            least.replace("points = 25", "points = 25, label = Joined"),
            least.replace("points = 25", "points = 25, frequency = once"),
            least.replace("points = 25", "points = 25, decay { half-life = 14d }"),
            least.replace("points = 25", "points = 25, cap = 50"),
            least.replace("points = 25", "points = 25, floor = 50"),
            least.replace("points = 25", "points = 25, lead = is_senior"),
            least.replace("signed_up'", "joined'"),
            least.replace("engagement {", "engagement { cap = 3,"),
            least.replace("engagement {", "behaviour {"),
            least + "total { cap = 100 }",
            least + "levels = [ { name = hot, from = 65 } ]",
            least + "exclude { disposable-mail = true }",
            least + "exclude { domains = [ acme.com ] }",
            least + "exclude { domains-containing = [ acme.com ] }",
            least + "exclude { statuses = [ acme.com ] }",
            least + "exclude { lead = acme }");

    assertThat(variants.stream().map(this::fingerprint)).doesNotHaveDuplicates();
    files.ripen("project = acme-mql\ntime-zone = \"Europe/Berlin\"\n");
    assertThat(fingerprint(least)).isEqualTo("12775d");
  }

  private String fingerprint(String scoring) {
    return files.scoring(scoring).load().definition().fingerprint();
  }
}
