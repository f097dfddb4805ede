package dev.ripen.scoring;

import static dev.ripen.scoring.Models.ALWAYS;
import static dev.ripen.scoring.Models.AT_50;
import static dev.ripen.scoring.Models.at;
import static dev.ripen.scoring.Models.dimension;
import static dev.ripen.scoring.Models.event;
import static dev.ripen.scoring.Models.facts;
import static dev.ripen.scoring.Models.model;
import static dev.ripen.scoring.Models.points;
import static dev.ripen.scoring.Models.signal;
import static dev.ripen.scoring.Models.status;
import static dev.ripen.scoring.Models.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ripen.scoring.Qualification.Disqualified;
import dev.ripen.scoring.Qualification.Requalify;
import dev.ripen.scoring.ScoreCard.Episode;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class QualificationTest {
  private static final Rule PAGE = event("page", "30");
  private static final Facts TWO_PAGES =
      facts(
          "2026-01-01T00:00:00Z",
          Set.of(),
          signal("page", "2026-01-01T10:00:00Z"),
          signal("page", "2026-01-01T11:00:00Z"));

  @Test
  void lapsesAtTheMidnightAtWhichDecayTakesTheTotalBelow() {
    Qualification lapsing =
        new Qualification(
            points("50"),
            Map.of(),
            false,
            Map.of(),
            Requalify.ON_CROSSING,
            points("40"),
            Disqualified.STAYS);
    ScoreTimeline timeline =
        new ScoreTimeline(
            model(
                ZoneId.of("America/Los_Angeles"),
                lapsing,
                dimension("engagement", new Decay.HalfLife(7), Limits.NONE, PAGE)));
    Facts facts =
        facts(
            "2026-01-01T00:00:00Z",
            Set.of(),
            signal("page", "2026-01-01T10:00:00Z"),
            signal("page", "2026-01-01T11:00:00Z"),
            signal("page", "2026-01-08T00:00:00Z"));
    assertThat(timeline.score(facts, at("2026-01-09T00:00:00Z")).episodes())
        .extracting(Episode::openedAtMicros, Episode::closedAtMicros, Episode::closedBy)
        .containsExactly(
            tuple(at("2026-01-01T11:00:00Z"), at("2026-01-07T08:00:00Z"), "lapsed"),
            tuple(at("2026-01-08T00:00:00Z"), null, null));
  }

  @Test
  void takesTheThresholdOfTheSegment() {
    Qualification bySegment =
        new Qualification(
            points("50"),
            Map.of("customer", points("200")),
            false,
            Map.of(),
            Requalify.NEVER,
            null,
            Disqualified.STAYS);
    ScoreTimeline timeline = new ScoreTimeline(model(bySegment, engagement(PAGE)));
    Facts customer =
        new Facts(
            TWO_PAGES.createdAtMicros(),
            TWO_PAGES.signals(),
            List.of(),
            new Attributes(Set.of(), null, "customer", true),
            List.of());
    assertThat(timeline.score(TWO_PAGES, at("2026-01-02T00:00:00Z")).isMql()).isTrue();
    assertThat(timeline.score(customer, at("2026-01-02T00:00:00Z")).isMql()).isFalse();
  }

  @Test
  void qualifiesAtOnceOnADemoRequestAlsoFromBeforeTheCreation() {
    ScoreTimeline timeline =
        new ScoreTimeline(
            model(
                AT_50,
                engagement(
                    effects("demo", "5", new Rule.Effects(Rule.AutoQualify.ALWAYS, Set.of())))));
    Facts facts = facts("2026-01-01T10:01:00Z", Set.of(), signal("demo", "2026-01-01T10:00:00Z"));
    assertThat(timeline.score(facts, at("2026-01-02T00:00:00Z")).episodes())
        .extracting(Episode::openedAtMicros, Episode::scoreAtMql)
        .containsExactly(tuple(at("2026-01-01T10:01:00Z"), points("5")));
  }

  @Test
  void letsADisqualifiedPersonReturnOnlyIfTheConfigurationSaysSo() {
    Facts facts = with(TWO_PAGES, status("disqualified", "2026-01-01T12:00:00Z"));
    Facts back =
        new Facts(
            facts.createdAtMicros(),
            List.of(
                signal("page", "2026-01-01T10:00:00Z"),
                signal("page", "2026-01-01T11:00:00Z"),
                signal("page", "2026-01-20T11:00:00Z"),
                signal("page", "2026-01-20T12:00:00Z")),
            Set.of(),
            facts.statuses(),
            null);
    assertThat(count(back, Disqualified.STAYS)).isEqualTo(1);
    assertThat(count(back, Disqualified.MAY_RETURN)).isEqualTo(2);
  }

  @Test
  void awardsNothingMoreWhileAStatusSuspends() {
    ScoringModel base = model(AT_50, engagement(PAGE));
    ScoringModel model =
        new ScoringModel(
            "default",
            "1",
            "f",
            base.zone(),
            base.dimensions(),
            Limits.NONE,
            AT_50,
            Levels.NONE,
            new ScoringModel.StatusEffects(Set.of("partner"), Map.of()),
            Window.ALWAYS);
    Facts facts =
        with(
            TWO_PAGES,
            status("partner", "2026-01-01T10:30:00Z"),
            status("own again", "2026-01-01T11:30:00Z"));
    assertThat(new ScoreTimeline(model).score(facts, at("2026-01-02T00:00:00Z")).score())
        .isEqualTo(points("30"));
  }

  @Test
  void endsEarlierAwardsOfADimensionByASignal() {
    Rule unsubscribe =
        effects("unsubscribe", "-10", new Rule.Effects(Rule.AutoQualify.NO, Set.of("engagement")));
    ScoreTimeline timeline = new ScoreTimeline(model(AT_50, engagement(PAGE, unsubscribe)));
    Facts facts =
        facts(
            "2026-01-01T00:00:00Z",
            Set.of(),
            signal("page", "2026-01-01T10:00:00Z"),
            signal("unsubscribe", "2026-01-01T10:30:00Z"));
    assertThat(timeline.explain(facts, at("2026-01-02T00:00:00Z")))
        .containsExactly(
            new TimelineEntry(at("2026-01-01T00:00:00Z"), "created", null, "Created", 0, 0, ""),
            new TimelineEntry(
                at("2026-01-01T10:00:00Z"),
                "award",
                "page",
                "page",
                points("30"),
                points("30"),
                "ended by a reset"),
            new TimelineEntry(
                at("2026-01-01T10:30:00Z"),
                "reset",
                "unsubscribe",
                "Reset of engagement",
                points("-30"),
                points("-10"),
                "ends the awards of earlier events"),
            new TimelineEntry(
                at("2026-01-01T10:30:00Z"),
                "award",
                "unsubscribe",
                "unsubscribe",
                points("-10"),
                points("-10"),
                ""));
  }

  private static Dimension engagement(Rule... rules) {
    return dimension("engagement", Models.NO_DECAY, Limits.NONE, rules);
  }

  private static Rule effects(String name, String points, Rule.Effects effects) {
    return new Rule(
        name,
        name,
        new Trigger.Event(),
        Rule.Conditions.NONE,
        points(points),
        null,
        ALWAYS,
        null,
        Limits.NONE,
        effects);
  }

  private static int count(Facts facts, Disqualified disqualified) {
    Qualification qualification =
        new Qualification(
            points("50"), Map.of(), false, Map.of(), Requalify.AFTER_RECYCLE, null, disqualified);
    Dimension expiring = dimension("engagement", new Decay.Expire(5), Limits.NONE, PAGE);
    return new ScoreTimeline(model(qualification, expiring))
        .score(facts, at("2026-02-01T00:00:00Z"))
        .mqlCount();
  }
}
