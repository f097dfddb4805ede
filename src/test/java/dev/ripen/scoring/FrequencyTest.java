package dev.ripen.scoring;

import static dev.ripen.scoring.Models.AT_50;
import static dev.ripen.scoring.Models.NO_DECAY;
import static dev.ripen.scoring.Models.at;
import static dev.ripen.scoring.Models.dimension;
import static dev.ripen.scoring.Models.event;
import static dev.ripen.scoring.Models.facts;
import static dev.ripen.scoring.Models.model;
import static dev.ripen.scoring.Models.signal;
import static dev.ripen.scoring.Models.status;
import static dev.ripen.scoring.Models.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FrequencyTest {
  private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

  @Test
  void rollingCountsTheLastHoursAndOnlyAwardsThatWereMade() {
    assertThat(
            awarded(
                new Frequency.Rolling(2, 1),
                "2026-01-01T00:00:00Z",
                "2026-01-01T12:00:00Z",
                "2026-01-01T23:59:59.999999Z",
                "2026-01-02T00:00:00Z",
                "2026-01-02T11:59:59Z",
                "2026-01-02T12:00:00Z"))
        .containsExactly(
            "2026-01-01T00:00:00Z",
            "2026-01-01T12:00:00Z",
            "2026-01-02T00:00:00Z",
            "2026-01-02T12:00:00Z");
  }

  @Test
  void onceHoldsBeyondAReset() {
    Facts facts =
        facts(
            "2026-01-01T00:00:00Z",
            Set.of(),
            signal("page", "2026-01-01T00:00:00Z"),
            signal("page", "2026-01-03T00:00:00Z"));
    ScoreCard card =
        timeline(new Frequency.Once())
            .score(
                with(facts, status("recycled", "2026-01-02T00:00:00Z")),
                at("2026-01-04T00:00:00Z"));
    assertThat(card.contributions()).isEmpty();
  }

  @Test
  void calendarDayIsLocalAcrossTheChangeOfClocks() {
    assertThat(
            awarded(
                new Frequency.Calendar(1, Frequency.Bucket.DAY),
                "2026-11-01T06:59:59Z",
                "2026-11-01T07:00:00Z",
                "2026-11-02T07:59:59Z",
                "2026-11-02T08:00:00Z"))
        .containsExactly("2026-11-01T06:59:59Z", "2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z");
  }

  @Test
  void calendarWeekStartsOnMonday() {
    assertThat(
            awarded(
                new Frequency.Calendar(1, Frequency.Bucket.WEEK),
                "2026-11-16T08:00:00Z",
                "2026-11-23T07:59:59Z",
                "2026-11-23T08:00:00Z"))
        .containsExactly("2026-11-16T08:00:00Z", "2026-11-23T08:00:00Z");
  }

  @Test
  void calendarMonthIsLocal() {
    assertThat(
            awarded(
                new Frequency.Calendar(1, Frequency.Bucket.MONTH),
                "2026-11-15T00:00:00Z",
                "2026-12-01T07:59:59Z",
                "2026-12-01T08:00:00Z"))
        .containsExactly("2026-11-15T00:00:00Z", "2026-12-01T08:00:00Z");
  }

  private static ScoreTimeline timeline(Frequency frequency) {
    Rule rule = event("page", "Viewed a page", "1", frequency);
    return new ScoreTimeline(
        model(LOS_ANGELES, AT_50, dimension("engagement", NO_DECAY, Limits.NONE, rule)));
  }

  private static List<String> awarded(Frequency frequency, String... instants) {
    Signal[] signals =
        Arrays.stream(instants).map(instant -> signal("page", instant)).toArray(Signal[]::new);
    Facts facts = facts("2026-01-01T00:00:00Z", Set.of(), signals);
    List<Long> awards =
        timeline(frequency).explain(facts, at("2027-01-01T00:00:00Z")).stream()
            .filter(entry -> entry.what().equals("award"))
            .map(TimelineEntry::atMicros)
            .toList();
    return Arrays.stream(instants).filter(instant -> awards.contains(at(instant))).toList();
  }
}
