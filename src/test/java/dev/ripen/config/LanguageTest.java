package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Definition.Apply;
import dev.ripen.config.Definition.Exclusions;
import dev.ripen.config.Definition.Model;
import dev.ripen.config.Definition.Predicates;
import dev.ripen.config.Definition.Source;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Levels.Band;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Limits.CapMode;
import dev.ripen.scoring.Limits.FloorMode;
import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Qualification.Disqualified;
import dev.ripen.scoring.Qualification.Requalify;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.Rule.AutoQualify;
import dev.ripen.scoring.Rule.Conditions;
import dev.ripen.scoring.Rule.Effects;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.scoring.ScoringModel.StatusEffects;
import dev.ripen.scoring.Trigger;
import dev.ripen.scoring.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every piece of the scoring language becomes the record that says the same. */
class LanguageTest {
  @TempDir Path directory;

  private Definition definition(String name) {
    return new ProjectFiles(directory).scoring(ProjectFiles.resource(name)).load().definition();
  }

  private Model everyPiece() {
    return definition("every-piece/scoring.conf").models().get(0);
  }

  private static Rule rule(Model model, String name) {
    return model.scoring().dimensions().stream()
        .flatMap(dimension -> dimension.rules().stream())
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long days(int days) {
    return Duration.ofDays(days).toSeconds() * 1_000_000L;
  }

  @Test
  void readsWhatStandsAroundTheModel() {
    Definition definition = definition("every-piece/scoring.conf");

    assertThat(definition.version()).isEqualTo("2026-11");
    assertThat(definition.apply()).contains(Apply.FROM);
    assertThat(definition.restate()).isTrue();
    assertThat(definition.fingerprint())
        .matches("[0-9a-f]{6}")
        .isNotEqualTo(definition.models().get(0).scoring().fingerprint());
  }

  @Test
  void readsWhenAScoreMakesAnMql() {
    assertThat(everyPiece().scoring().qualification())
        .isEqualTo(
            new Qualification(
                100_000_000,
                Map.of("customer", 200_000_000L),
                false,
                Map.of("behaviour", 1_000_000L),
                Requalify.ON_CROSSING,
                30_000_000L,
                Disqualified.MAY_RETURN));
    assertThat(everyPiece().segment()).contains("IF(is_customer, 'customer', 'prospect')");
    assertThat(everyPiece().population()).contains("country <> 'XX'");
  }

  @Test
  void readsLettersAndDigits() {
    assertThat(everyPiece().scoring().levels())
        .isEqualTo(
            new Levels.Matrix(
                "fit",
                List.of(
                    new Band("A", 50_000_000),
                    new Band("B", 20_000_000),
                    new Band("C", Long.MIN_VALUE)),
                "behaviour",
                List.of(new Band("1", 75_000_000), new Band("2", 10_000_000))));
  }

  @Test
  void readsWindowExitAndWhatStatusesDo() {
    ScoringModel model = everyPiece().scoring();

    assertThat(model.window())
        .isEqualTo(
            new Window(
                Set.of("trial-started"), Set.of("trial"), days(40), true, Set.of("customer")));
    assertThat(model.statusEffects())
        .isEqualTo(
            new StatusEffects(
                Set.of("partner", "customer"),
                Map.of("recycled", Set.of("behaviour"), "lost", Set.of("behaviour", "fit"))));
  }

  @Test
  void readsLimits() {
    ScoringModel model = everyPiece().scoring();
    Dimension behaviour = model.dimensions().get(0);

    assertThat(model.total())
        .isEqualTo(new Limits(300_000_000L, CapMode.STOP, 0L, FloorMode.NIGHTLY));
    assertThat(behaviour.limits())
        .isEqualTo(new Limits(250_000_000L, CapMode.CLAMP, -50_000_000L, FloorMode.NIGHTLY));
    assertThat(behaviour.stopAbove()).isEqualTo(280_000_000L);
    assertThat(behaviour.groups().get(0).limits())
        .isEqualTo(new Limits(40_000_000L, CapMode.STOP, null, FloorMode.ALWAYS));
  }

  @Test
  void readsEveryTrigger() {
    Model model = everyPiece();

    assertThat(
            Stream.of(
                    "page",
                    "daily-users",
                    "business",
                    "lost-deal",
                    "churned",
                    "many-pages",
                    "active-days",
                    "team",
                    "hot-trial",
                    "ever-both",
                    "silent",
                    "gone")
                .map(name -> rule(model, name).trigger()))
        .containsExactly(
            new Trigger.Event(),
            new Trigger.Event(),
            new Trigger.Attribute(),
            new Trigger.Status(Set.of("lost")),
            new Trigger.Status(Set.of("churned", "lost")),
            new Trigger.Count(Set.of("page"), 7, Trigger.Count.Unit.SIGNALS, days(1)),
            new Trigger.Count(
                Set.of("page", "purchase"), 5, Trigger.Count.Unit.LOCAL_DAYS, days(28)),
            new Trigger.Count(
                Set.of("colleagues"), 3, Trigger.Count.Unit.PEOPLE, 90L * 60 * 1_000_000),
            new Trigger.AllOf(
                Set.of("trial-started", "business", "many-pages", "lost-deal"), days(30)),
            new Trigger.AllOf(Set.of("page", "purchase"), null),
            new Trigger.Inactivity(30, 28, 30_000_000L, 100_000_000L),
            new Trigger.Inactivity(90, null, null, null));
  }

  @Test
  void readsConditionsAndEffects() {
    Model model = everyPiece();

    assertThat(rule(model, "success").conditions())
        .isEqualTo(new Conditions(true, Set.of("trial-started"), Set.of(), days(40), Set.of()));
    assertThat(rule(model, "intent").conditions())
        .isEqualTo(
            new Conditions(false, Set.of(), Set.of("push", "lost-deal"), days(30), Set.of()));
    assertThat(rule(model, "booster").conditions().whileStatus()).containsExactly("recycled");
    assertThat(rule(model, "churned").conditions()).isEqualTo(Conditions.LEAD);
    assertThat(rule(model, "ever-both").conditions()).isEqualTo(Conditions.LEAD);
    // Its `within` is that of the conjunction.
    assertThat(rule(model, "hot-trial").conditions()).isEqualTo(Conditions.NONE);
    assertThat(rule(model, "hot-trial").effects())
        .isEqualTo(new Effects(AutoQualify.ALWAYS, Set.of()));
    assertThat(rule(model, "demo").effects())
        .isEqualTo(new Effects(AutoQualify.WHEN_HELD, Set.of()));
    assertThat(rule(model, "unsubscribed").effects())
        .isEqualTo(new Effects(AutoQualify.NO, Set.of("behaviour")));
    assertThat(rule(model, "churned").effects().resets())
        .containsExactlyInAnyOrder("behaviour", "fit");
  }

  @Test
  void readsWhatRulesAskTheEngine() {
    Map<String, Predicates> rules = everyPiece().rules();

    assertThat(rules.get("purchase"))
        .isEqualTo(
            new Predicates(
                Optional.of("event_type = 'purchase'"),
                Source.PERSON,
                Optional.empty(),
                Optional.of("least(amount / 100, 50)"),
                Optional.empty()));
    assertThat(rules.get("colleagues").source()).isEqualTo(Source.PEOPLE_OF_ACCOUNT);
    assertThat(rules.get("daily-users"))
        .isEqualTo(
            new Predicates(
                Optional.of("metric = 'dau' AND value >= 25"),
                Source.ACCOUNT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(rules.get("demo").autoQualify()).contains("is_business_mail");
    assertThat(rules.get("silent")).isEqualTo(new Predicates(Optional.empty(), Optional.empty()));
    assertThat(rules.get("hot-trial"))
        .isEqualTo(new Predicates(Optional.empty(), Optional.empty()));
  }

  @Test
  void readsSeveralModels() {
    Definition definition = definition("several/scoring.conf");
    Model person = definition.find("person").orElseThrow();
    Model trial = definition.find("trial").orElseThrow();

    assertThat(definition.models()).extracting(Model::name).containsExactly("person", "trial");
    assertThat(definition.apply()).contains(Apply.RETROACTIVE);
    assertThat(person.exclusions())
        .isEqualTo(
            new Exclusions(
                List.of("acme.com", "acme.io"),
                List.of(),
                false,
                List.of("customer"),
                Optional.of("(is_partner) OR (is_test OR lead_source = 'x')")));
    assertThat(trial.exclusions().lead()).contains("is_partner");
    assertThat(person.scoring().statusEffects().resets()).isEmpty();
    assertThat(trial.scoring().statusEffects().resets())
        .isEqualTo(Map.of("recycled", Set.of("product")));
    assertThat(trial.population()).contains("is_trial_member");
    assertThat(trial.scoring().version()).isEqualTo("7");
    assertThat(person.scoring().levels())
        .isEqualTo(
            new Levels.Grades(
                List.of(
                    new Level("hot", 120_000_000, Map.of("fit", 10_000_000L), Set.of()),
                    new Level("A", Long.MIN_VALUE, Map.of(), Set.of("searched", "invited")),
                    new Level("warm", 50_000_000),
                    new Level("others", Long.MIN_VALUE))));
  }
}
