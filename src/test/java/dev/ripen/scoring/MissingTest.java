package dev.ripen.scoring;

import static dev.ripen.scoring.Models.ALWAYS;
import static dev.ripen.scoring.Models.NO_DECAY;
import static dev.ripen.scoring.Models.at;
import static dev.ripen.scoring.Models.dimension;
import static dev.ripen.scoring.Models.event;
import static dev.ripen.scoring.Models.facts;
import static dev.ripen.scoring.Models.model;
import static dev.ripen.scoring.Models.points;
import static dev.ripen.scoring.Models.qualification;
import static dev.ripen.scoring.Models.signal;
import static dev.ripen.scoring.Models.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MissingTest {
  private static final long AS_OF = at("2026-01-10T12:00:00Z");
  private static final Dimension ENGAGEMENT =
      dimension(
          "engagement",
          NO_DECAY,
          Limits.NONE,
          event("page", "Viewed a page", "5", ALWAYS),
          event("e-book", "Downloaded an e-book", "20", new Frequency.Once()),
          event("demo", "Asked for a demo", "30", new Frequency.Rolling(1, 7)),
          event("unsubscribe", "Unsubscribed", "-30", ALWAYS));
  private static final ScoreTimeline AT_50 =
      new ScoreTimeline(
          model(qualification("50", Map.of("engagement", points("1"))), ENGAGEMENT, fit()));

  private static Dimension fit() {
    return dimension(
        "fit", NO_DECAY, Limits.NONE, Models.attribute("senior", "Senior title", "50"));
  }

  private static Missing missing(ScoreTimeline timeline, Facts facts) {
    return timeline.missing(facts, AS_OF).orElseThrow();
  }

  @Test
  void saysHowManyPointsAndWhatWouldDo() {
    Facts facts =
        facts(
            "2026-01-01T00:00:00Z",
            Set.of(),
            signal("page", "2026-01-02T09:00:00Z"),
            signal("page", "2026-01-02T10:00:00Z"),
            signal("page", "2026-01-02T11:00:00Z"),
            signal("e-book", "2026-01-02T12:00:00Z"));
    Missing missing = missing(AT_50, facts);
    assertThat(missing.sentence()).isEqualTo("15 more points; “Asked for a demo” once would do");
    assertThat(missing.suggestions())
        .extracting(Missing::text)
        .containsExactly("“Asked for a demo” once", "“Viewed a page” 3 times");
  }

  @Test
  void saysWhichDimensionLacksWhat() {
    Facts facts = facts("2026-01-01T00:00:00Z", Set.of("senior"));
    assertThat(missing(AT_50, facts).sentence())
        .isEqualTo("engagement needs 1 more; “Viewed a page” once would do");
  }

  @Test
  void doesNotSuggestWhatTheFrequencyRefuses() {
    Facts facts = facts("2026-01-01T00:00:00Z", Set.of(), signal("demo", "2026-01-09T09:00:00Z"));
    Missing missing = missing(AT_50, facts);
    assertThat(missing.sentence())
        .isEqualTo("20 more points; “Downloaded an e-book” once would do");
    assertThat(missing.suggestions())
        .extracting(Missing::text)
        .containsExactly("“Downloaded an e-book” once", "“Viewed a page” 4 times");
  }

  @Test
  void mixesEventsWhereNoneDoesAlone() {
    ScoreTimeline once =
        new ScoreTimeline(
            model(
                Models.AT_50,
                dimension(
                    "engagement",
                    NO_DECAY,
                    Limits.NONE,
                    event("e-book", "Downloaded an e-book", "20", new Frequency.Once()),
                    event("demo", "Asked for a demo", "30", new Frequency.Once()))));
    assertThat(missing(once, facts("2026-01-01T00:00:00Z", Set.of())).sentence())
        .isEqualTo(
            "50 more points; “Asked for a demo” once and “Downloaded an e-book” once would do");
  }

  @Test
  void saysThatNothingWouldDoUnderTheCap() {
    ScoreTimeline capped =
        new ScoreTimeline(
            model(
                Models.AT_50,
                dimension("engagement", NO_DECAY, Models.cap("40"), event("page", "5"))));
    assertThat(missing(capped, facts("2026-01-01T00:00:00Z", Set.of())).sentence())
        .isEqualTo("50 more points; no few events of one kind would do");
  }

  @Test
  void saysWhenTheThresholdIsStrict() {
    Qualification above =
        new Qualification(points("50"), true, Map.of(), Qualification.Requalify.AFTER_RECYCLE);
    ScoreTimeline strict =
        new ScoreTimeline(
            model(above, dimension("engagement", NO_DECAY, Limits.NONE, event("page", "50"))));
    Facts facts = facts("2026-01-01T00:00:00Z", Set.of(), signal("page", "2026-01-09T09:00:00Z"));
    assertThat(missing(strict, facts).sentence())
        .isEqualTo("more than 0 more points; “page” once would do");
  }

  @Test
  void namesWhatPointsDoNotOvercome() {
    Facts excluded = new Facts(0L, List.of(), Set.of(), List.of(), "domain acme.example");
    assertThat(missing(AT_50, excluded))
        .isEqualTo(
            new Missing(
                Missing.Obstacle.EXCLUDED,
                "domain acme.example",
                points("50"),
                false,
                Map.of("engagement", points("1")),
                List.of()));
    assertThat(missing(AT_50, excluded).sentence()).isEqualTo("excluded: domain acme.example");

    Facts mql =
        facts("2026-01-01T00:00:00Z", Set.of("senior"), signal("page", "2026-01-02T09:00:00Z"));
    assertThat(AT_50.missing(mql, AS_OF)).isEmpty();
    assertThat(
            missing(AT_50, Models.with(mql, status("disqualified", "2026-01-03T09:00:00Z")))
                .obstacle())
        .isEqualTo(Missing.Obstacle.DISQUALIFIED);

    Facts unborn = facts("2026-02-01T00:00:00Z", Set.of("senior"));
    assertThat(missing(AT_50, unborn).obstacle()).isEqualTo(Missing.Obstacle.NOT_CREATED);
    assertThat(missing(AT_50, unborn).suggestions()).isEmpty();
  }

  @Test
  void doesNotLookAheadForHelp() {
    Facts facts =
        facts(
            "2026-01-01T00:00:00Z",
            Set.of(),
            new Signal("visitor", "soon", "e-book", AS_OF + 1, null),
            new Signal("visitor", "soon", "demo", AS_OF + 1, null));
    assertThat(missing(AT_50, facts).sentence())
        .isEqualTo("50 more points; engagement needs 1 more; “Viewed a page” 10 times would do");
  }
}
