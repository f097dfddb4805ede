package dev.ripen.scoring;

import static dev.ripen.scoring.Models.ALWAYS;
import static dev.ripen.scoring.Models.AT_50;
import static dev.ripen.scoring.Models.NO_DECAY;
import static dev.ripen.scoring.Models.at;
import static dev.ripen.scoring.Models.dimension;
import static dev.ripen.scoring.Models.event;
import static dev.ripen.scoring.Models.facts;
import static dev.ripen.scoring.Models.model;
import static dev.ripen.scoring.Models.points;
import static dev.ripen.scoring.Models.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LimitsTest {
  private static final Rule PAGE = event("page", "15");
  private static final Facts FOUR_PAGES =
      facts(
          "2026-01-01T00:00:00Z",
          Set.of(),
          signal("page", "2026-01-01T10:00:00Z"),
          signal("page", "2026-01-01T11:00:00Z"),
          signal("page", "2026-01-01T12:00:00Z"),
          signal("page", "2026-01-03T12:00:00Z"));

  @Test
  void cutsAnAwardToTheRoomLeftAndForgetsWhatWasCut() {
    Limits stop = new Limits(points("20"), Limits.CapMode.STOP, null, Limits.FloorMode.ALWAYS);
    ScoreTimeline timeline =
        new ScoreTimeline(model(AT_50, dimension("engagement", new Decay.HalfLife(1), stop, PAGE)));
    assertThat(timeline.explain(FOUR_PAGES, at("2026-01-03T12:00:00Z")))
        .extracting(
            TimelineEntry::what,
            TimelineEntry::microPoints,
            TimelineEntry::totalAfterMicros,
            TimelineEntry::note)
        .containsExactly(
            tuple("created", 0L, 0L, ""),
            tuple("award", points("15"), points("15"), "15 · 2^(−1/1) = 7.5"),
            tuple("award", points("5"), points("20"), "+15 cut by a cap; 5 · 2^(−1/1) = 2.5"),
            tuple("refused", 0L, points("20"), "+15 refused: the cap is reached"),
            tuple("award", points("10"), points("20"), "+15 cut by a cap"));
  }

  @Test
  void refusesAwardsWhileTheTotalIsAboveTheStop() {
    Dimension stopping =
        new Dimension("engagement", NO_DECAY, Limits.NONE, points("20"), List.of(), List.of(PAGE));
    ScoreCard card =
        new ScoreTimeline(model(AT_50, stopping)).score(FOUR_PAGES, at("2026-01-04T00:00:00Z"));
    assertThat(card.score()).isEqualTo(points("30"));
  }

  @Test
  void countsLocalDaysWithASignalInAWindow() {
    Trigger twoDays =
        new Trigger.Count(
            Set.of("page"), 2, Trigger.Count.Unit.LOCAL_DAYS, 7 * LocalDay.DAY_MICROS);
    Rule active =
        new Rule(
            "active", "Active on two days", twoDays, points("7"), null, ALWAYS, null, Limits.NONE);
    ScoreTimeline timeline =
        new ScoreTimeline(
            model(AT_50, dimension("engagement", NO_DECAY, Limits.NONE, PAGE, active)));
    ScoreCard card = timeline.score(FOUR_PAGES, at("2026-01-04T00:00:00Z"));
    assertThat(card.reasons()).isEqualTo("page (4×) +60, Active on two days +7");
    assertThat(card.contributions().get(1).lastAtMicros()).isEqualTo(at("2026-01-03T12:00:00Z"));
  }
}
