package dev.ripen.scoring;

import static dev.ripen.scoring.Models.ALWAYS;
import static dev.ripen.scoring.Models.AT_50;
import static dev.ripen.scoring.Models.NO_DECAY;
import static dev.ripen.scoring.Models.at;
import static dev.ripen.scoring.Models.attribute;
import static dev.ripen.scoring.Models.cap;
import static dev.ripen.scoring.Models.dimension;
import static dev.ripen.scoring.Models.event;
import static dev.ripen.scoring.Models.facts;
import static dev.ripen.scoring.Models.floor;
import static dev.ripen.scoring.Models.in;
import static dev.ripen.scoring.Models.model;
import static dev.ripen.scoring.Models.points;
import static dev.ripen.scoring.Models.qualification;
import static dev.ripen.scoring.Models.signal;
import static dev.ripen.scoring.Models.status;
import static dev.ripen.scoring.Models.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ripen.scoring.ScoreCard.Adjustment;
import dev.ripen.scoring.ScoreCard.Contribution;
import dev.ripen.scoring.ScoreCard.Episode;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScoreTimelineTest {
  private static final Limits NONE = Limits.NONE;

  /** Fit capped at 60, a key page at most once per 7 days: the first timeline of the semantics. */
  static final ScoreTimeline KEY_PAGE =
      new ScoreTimeline(
          model(
              qualification("100", Map.of("engagement", points("1"))),
              dimension(
                  "engagement",
                  NO_DECAY,
                  NONE,
                  event("key-page", "Saw a key page", "25", new Frequency.Rolling(1, 7))),
              dimension(
                  "fit",
                  NO_DECAY,
                  cap("60"),
                  attribute("business-mail", "Business address", "35"),
                  attribute("senior", "Senior title", "15"),
                  attribute("function", "Right function", "20"))));

  private static final Set<String> FITS = Set.of("business-mail", "senior", "function");

  /** Half-life of 14 days: the second timeline of the semantics. */
  static final ScoreTimeline HALF_LIFE =
      new ScoreTimeline(
          model(
              AT_50,
              dimension(
                  "engagement",
                  new Decay.HalfLife(14),
                  NONE,
                  event("sign-up", "Signed up", "25", new Frequency.Once()),
                  event("page", "Viewed a page", "5", ALWAYS),
                  event("pricing", "Visited pricing", "15", ALWAYS)),
              dimension("fit", NO_DECAY, NONE, attribute("senior", "Senior title", "15"))));

  static final Facts HALF_LIFE_FACTS =
      facts(
          "2026-10-22T14:02:00Z",
          Set.of("senior"),
          signal("sign-up", "2026-10-22T14:02:00Z"),
          signal("page", "2026-10-22T18:00:00Z"),
          signal("pricing", "2026-11-05T09:31:00Z"),
          signal("page", "2026-11-05T09:33:00Z"));

  @Test
  void makesAnMqlOnTheSecondKeyPageThatCounts() {
    Facts facts =
        facts(
            "2026-01-01T10:00:00Z",
            FITS,
            signal("key-page", "2026-01-01T12:00:00Z"),
            signal("key-page", "2026-01-04T12:00:00Z"),
            signal("key-page", "2026-01-09T15:30:00Z"));
    assertThat(KEY_PAGE.score(facts, at("2026-01-01T23:00:00Z")).score()).isEqualTo(points("85"));
    assertThat(KEY_PAGE.score(facts, at("2026-01-04T23:00:00Z")).score()).isEqualTo(points("85"));
    Map<String, Long> dimensions = Map.of("engagement", points("50"), "fit", points("60"));
    String reasons =
        "Saw a key page (2×) +50, Business address +35, Right function +20, Senior title +15";
    long created = at("2026-01-01T10:00:00Z");
    long mqlAt = at("2026-01-09T15:30:00Z");
    assertThat(KEY_PAGE.score(facts, at("2026-02-01T00:00:00Z")))
        .isEqualTo(
            new ScoreCard(
                points("110"),
                dimensions,
                true,
                "hot",
                mqlAt,
                mqlAt,
                1,
                List.of(
                    new Episode(
                        1,
                        mqlAt,
                        points("110"),
                        dimensions,
                        "hot",
                        reasons,
                        "2026-11",
                        null,
                        null,
                        null,
                        null)),
                List.of(
                    new Contribution(
                        "key-page",
                        "Saw a key page",
                        "engagement",
                        points("50"),
                        points("50"),
                        2,
                        mqlAt),
                    new Contribution(
                        "business-mail",
                        "Business address",
                        "fit",
                        points("35"),
                        points("35"),
                        1,
                        created),
                    new Contribution(
                        "senior", "Senior title", "fit", points("15"), points("15"), 1, created),
                    new Contribution(
                        "function",
                        "Right function",
                        "fit",
                        points("20"),
                        points("20"),
                        1,
                        created)),
                List.of(new Adjustment("cap", "fit", points("-10"))),
                reasons,
                mqlAt,
                null));
  }

  @Test
  void neverMakesAnMqlOfFitAlone() {
    ScoreCard card =
        KEY_PAGE.score(facts("2026-01-01T10:00:00Z", FITS), at("2027-01-01T00:00:00Z"));
    assertThat(card.score()).isEqualTo(points("60"));
    assertThat(card.isMql()).isFalse();
    assertThat(card.episodes()).isEmpty();
  }

  @Test
  void halvesAwardsOverFourteenDaysToTheMicroPoint() {
    ScoreCard before = HALF_LIFE.score(HALF_LIFE_FACTS, at("2026-11-05T09:32:00Z"));
    assertThat(before.score()).isEqualTo(points("45.761350"));
    assertThat(before.isMql()).isFalse();
    assertThat(before.contributions())
        .extracting(Contribution::microPoints)
        .containsExactly(points("13.134458"), points("2.626892"), points("15"), points("15"));
    ScoreCard after = HALF_LIFE.score(HALF_LIFE_FACTS, at("2026-11-05T09:33:00Z"));
    assertThat(after.score()).isEqualTo(points("50.761350"));
    assertThat(after.publishedScore()).isEqualTo(50);
    assertThat(after.mqlAtMicros()).isEqualTo(at("2026-11-05T09:33:00Z"));
  }

  @Test
  void tellsTheStoryWithItsArithmetic() {
    long created = at("2026-10-22T14:02:00Z");
    assertThat(HALF_LIFE.explain(HALF_LIFE_FACTS, at("2026-11-05T12:00:00Z")))
        .containsExactly(
            new TimelineEntry(created, "created", null, "Created", 0, points("40"), ""),
            new TimelineEntry(
                created,
                "attribute",
                "senior",
                "Senior title",
                points("15"),
                points("40"),
                "holds"),
            new TimelineEntry(
                created,
                "award",
                "sign-up",
                "Signed up",
                points("25"),
                points("40"),
                "25 · 2^(−13/14) = 13.134458"),
            new TimelineEntry(
                at("2026-10-22T18:00:00Z"),
                "award",
                "page",
                "Viewed a page",
                points("5"),
                points("45"),
                "5 · 2^(−13/14) = 2.626892"),
            new TimelineEntry(
                at("2026-11-05T09:31:00Z"),
                "award",
                "pricing",
                "Visited pricing",
                points("15"),
                points("45.761350"),
                ""),
            new TimelineEntry(
                at("2026-11-05T09:33:00Z"),
                "award",
                "page",
                "Viewed a page",
                points("5"),
                points("50.761350"),
                ""),
            new TimelineEntry(
                at("2026-11-05T09:33:00Z"),
                "mql",
                null,
                "MQL number 1",
                0,
                points("50.761350"),
                "50.76135 ≥ 50"));
  }

  @Test
  void scoresAnEventOnceAtItsEarliestCopy() {
    Signal late = new Signal("v", "e", "pricing", at("2026-11-05T10:00:00Z"), null);
    Signal early = new Signal("v", "e", "pricing", at("2026-11-04T10:00:00Z"), null);
    Signal ofAnotherVisitor = new Signal("w", "e", "pricing", at("2026-11-05T11:00:00Z"), null);
    Facts facts = facts("2026-11-01T00:00:00Z", Set.of(), late, early, late, ofAnotherVisitor);
    assertThat(HALF_LIFE.score(facts, at("2026-11-05T12:00:00Z")).contributions())
        .containsExactly(
            new Contribution(
                "pricing",
                "Visited pricing",
                "engagement",
                points("30"),
                points("30"),
                2,
                at("2026-11-05T11:00:00Z")));
  }

  @Test
  void readsCapsOfRuleGroupDimensionAndTotalInThatOrder() {
    Rule page = in("web", with(event("page", "30"), null, cap("50")));
    Rule video = in("web", event("video", "20"));
    Dimension engagement =
        new Dimension(
            "engagement",
            NO_DECAY,
            cap("55"),
            List.of(new Group("web", null, cap("60"))),
            List.of(page, video));
    Dimension fit =
        dimension("fit", NO_DECAY, floor("-5"), attribute("free-mail", "Private address", "-20"));
    ScoringModel capped = model(AT_50, engagement, fit);
    ScoringModel model =
        new ScoringModel(
            "default",
            "1",
            "f",
            capped.zone(),
            capped.dimensions(),
            cap("45"),
            capped.qualification(),
            Levels.NONE);
    Facts facts =
        facts(
            "2026-01-01T00:00:00Z",
            Set.of("free-mail"),
            signal("page", "2026-01-02T00:00:00Z"),
            signal("page", "2026-01-03T00:00:00Z"),
            signal("video", "2026-01-04T00:00:00Z"));
    ScoreCard card = new ScoreTimeline(model).score(facts, at("2026-02-01T00:00:00Z"));
    assertThat(card.score()).isEqualTo(points("45"));
    assertThat(card.adjustments())
        .containsExactly(
            new Adjustment("cap", "page", points("-10")),
            new Adjustment("cap", "web", points("-10")),
            new Adjustment("cap", "engagement", points("-5")),
            new Adjustment("floor", "fit", points("15")),
            new Adjustment("cap", "total", points("-5")));
  }

  @Test
  void keepsTheReasonOfAnExcludedPersonAndNothingElse() {
    Facts facts =
        new Facts(
            at("2026-10-22T14:02:00Z"),
            HALF_LIFE_FACTS.signals(),
            Set.of("senior"),
            List.of(),
            "own domain");
    assertThat(HALF_LIFE.score(facts, at("2026-11-20T00:00:00Z")))
        .isEqualTo(
            new ScoreCard(
                0,
                Map.of(),
                false,
                null,
                null,
                null,
                0,
                List.of(),
                List.of(),
                List.of(),
                "",
                null,
                "own domain"));
  }

  @Test
  void checksAPersonAtTheirCreationAndNeverBefore() {
    Facts facts =
        facts(
            "2026-01-10T00:00:00Z",
            FITS,
            signal("key-page", "2026-01-01T00:00:00Z"),
            signal("key-page", "2026-01-08T00:00:00Z"));
    assertThat(KEY_PAGE.score(facts, at("2026-01-09T00:00:00Z")).mqlAtMicros()).isNull();
    assertThat(KEY_PAGE.score(facts, at("2026-01-10T00:00:00Z")).mqlAtMicros())
        .isEqualTo(at("2026-01-10T00:00:00Z"));
  }

  @Test
  void takesTheFirstSignalForAPersonWithoutCreationTime() {
    Facts facts =
        new Facts(null, List.of(signal("key-page", "2026-01-01T00:00:00Z")), FITS, List.of(), null);
    assertThat(KEY_PAGE.explain(facts, at("2026-01-02T00:00:00Z")).get(0))
        .isEqualTo(
            new TimelineEntry(
                at("2026-01-01T00:00:00Z"),
                "created",
                null,
                "Created",
                0,
                points("85"),
                "the first signal, because no creation time is known"));
  }

  @Test
  void failsOnOverflow() {
    Signal huge = new Signal("v", "e", "page", at("2026-01-01T00:00:00Z"), Long.MAX_VALUE);
    Facts facts =
        facts("2026-01-01T00:00:00Z", Set.of(), huge, signal("page", "2026-01-01T00:00:00Z"));
    assertThatThrownBy(() -> HALF_LIFE.score(facts, at("2026-01-02T00:00:00Z")))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void opensAgainOnlyAfterSalesRecycledThePerson() {
    Facts facts =
        facts(
            "2026-01-01T00:00:00Z",
            Set.of(),
            signal("sign-up", "2026-01-01T01:00:00Z"),
            signal("pricing", "2026-01-01T02:00:00Z"),
            signal("pricing", "2026-01-01T03:00:00Z"),
            signal("pricing", "2026-01-03T00:00:00Z"),
            signal("pricing", "2026-01-03T01:00:00Z"),
            signal("pricing", "2026-01-03T02:00:00Z"),
            signal("pricing", "2026-01-03T03:00:00Z"));
    long asOf = at("2026-01-03T04:00:00Z");
    StatusChange accepted = status("accepted", "2026-01-01T04:00:00Z");
    StatusChange recycled = status("recycled", "2026-01-02T00:00:00Z");
    assertThat(HALF_LIFE.score(facts, asOf).mqlCount()).isEqualTo(1);
    ScoreCard card = HALF_LIFE.score(with(facts, recycled, accepted), asOf);
    assertThat(card.score()).isEqualTo(points("60"));
    assertThat(card.episodes())
        .extracting(
            Episode::openedAtMicros,
            Episode::acceptedAtMicros,
            Episode::closedAtMicros,
            Episode::closedBy)
        .containsExactly(
            tuple(
                at("2026-01-01T03:00:00Z"),
                at("2026-01-01T04:00:00Z"),
                at("2026-01-02T00:00:00Z"),
                "recycled"),
            tuple(at("2026-01-03T03:00:00Z"), null, null, null));
    ScoreCard disqualified =
        HALF_LIFE.score(with(facts, status("disqualified", "2026-01-02T00:00:00Z")), asOf);
    assertThat(disqualified.isMql()).isFalse();
    assertThat(disqualified.mqlCount()).isEqualTo(1);
  }

  /** Both clock changes of 2026 in Los Angeles: 8 March (23 hours), 1 November (25 hours). */
  @Test
  void countsDaysAndNightsOfTheModelsZone() {
    ZoneId zone = ZoneId.of("America/Los_Angeles");
    Rule page =
        event("page", "Viewed a page", "10", new Frequency.Calendar(1, Frequency.Bucket.DAY));
    Rule silence =
        new Rule(
            "silent",
            "Silent",
            new Trigger.Inactivity(1, null, null, null),
            points("-4"),
            null,
            ALWAYS,
            null,
            Limits.NONE);
    Dimension engagement = dimension("engagement", NO_DECAY, Limits.NONE, page, silence);
    ScoreTimeline timeline =
        new ScoreTimeline(model(zone, qualification("20", Map.of()), engagement));
    // 23:30 on 31 October and 00:30 on 1 November there; one day in UTC.
    Facts autumn =
        facts(
            "2026-11-01T06:30:00Z",
            Set.of(),
            signal("page", "2026-11-01T06:30:00Z"),
            signal("page", "2026-11-01T07:30:00Z"));
    ScoreCard mql = timeline.score(autumn, at("2026-11-01T08:00:00Z"));
    assertThat(mql.mqlAtMicros()).isEqualTo(at("2026-11-01T07:30:00Z"));
    assertThat(LocalDay.of(mql.mqlAtMicros(), zone).date()).isEqualTo("2026-11-01");
    // 24 hours of silence end at 23:30 on the long day: due at the midnight after, 08:00 UTC.
    assertThat(timeline.score(autumn, at("2026-11-02T07:59:59Z")).score()).isEqualTo(points("20"));
    assertThat(timeline.score(autumn, at("2026-11-02T08:00:00Z")).score()).isEqualTo(points("16"));
    // 22:30 on 7 March there is 8 March in UTC; the short day ends at 07:00 UTC on the 9th.
    Facts spring = facts("2026-03-08T06:30:00Z", Set.of(), signal("page", "2026-03-08T06:30:00Z"));
    ScoreTimeline at10 = new ScoreTimeline(model(zone, qualification("10", Map.of()), engagement));
    Long mqlAt = at10.score(spring, at("2026-03-08T12:00:00Z")).mqlAtMicros();
    assertThat(mqlAt).isEqualTo(at("2026-03-08T06:30:00Z"));
    assertThat(LocalDay.of(mqlAt, zone).date()).isEqualTo("2026-03-07");
    // 24 hours after are 23:30 on 8 March, because an hour is missing.
    assertThat(timeline.score(spring, at("2026-03-09T06:59:59Z")).score()).isEqualTo(points("10"));
    assertThat(timeline.score(spring, at("2026-03-09T07:00:00Z")).score()).isEqualTo(points("6"));
  }
}
