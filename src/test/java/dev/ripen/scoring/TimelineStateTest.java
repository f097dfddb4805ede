package dev.ripen.scoring;

import static dev.ripen.scoring.Models.at;
import static dev.ripen.scoring.Models.facts;
import static dev.ripen.scoring.Models.signal;
import static dev.ripen.scoring.ScoreTimelineTest.HALF_LIFE;
import static dev.ripen.scoring.ScoreTimelineTest.HALF_LIFE_FACTS;
import static dev.ripen.scoring.ScoreTimelineTest.KEY_PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TimelineStateTest {
  @Test
  void goesOnFromASavedState() {
    TimelineState saved =
        HALF_LIFE.advance(HALF_LIFE.start(), HALF_LIFE_FACTS, at("2026-10-30T00:00:00Z"));
    TimelineState read = TimelineState.decode(saved.encode());
    assertThat(read).isEqualTo(saved);
    Facts later =
        facts(
            "2026-10-22T14:02:00Z",
            Set.of("senior"),
            signal("pricing", "2026-11-05T09:31:00Z"),
            signal("page", "2026-11-05T09:33:00Z"));
    long asOf = at("2026-11-20T00:00:00Z");
    assertThat(HALF_LIFE.read(read, later, asOf)).isEqualTo(HALF_LIFE.score(HALF_LIFE_FACTS, asOf));
  }

  @Test
  void refusesFactsThatDoNotContinueTheState() {
    TimelineState saved =
        HALF_LIFE.advance(HALF_LIFE.start(), HALF_LIFE_FACTS, at("2026-10-30T00:00:00Z"));
    Facts late =
        facts("2026-10-22T14:02:00Z", Set.of("senior"), signal("page", "2026-10-23T00:00:00Z"));
    Facts otherFit = facts("2026-10-22T14:02:00Z", Set.of());
    assertThat(HALF_LIFE.continues(saved, HALF_LIFE_FACTS)).isTrue();
    assertThat(HALF_LIFE.continues(saved, late)).isFalse();
    assertThat(HALF_LIFE.continues(saved, otherFit)).isFalse();
    assertThat(KEY_PAGE.continues(saved, HALF_LIFE_FACTS)).isFalse();
    assertThatThrownBy(() -> HALF_LIFE.advance(saved, late, at("2026-11-30T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the facts do not continue the state: fold again from the start");
  }

  @Test
  void refusesAStateOfANewerFormat() {
    byte[] newer = HALF_LIFE.start().encode();
    newer[0]++;
    assertThatThrownBy(() -> TimelineState.decode(newer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a timeline state of format 4 cannot be read: this version of ripen reads format 3");
  }

  @Test
  void refusesADamagedState() {
    byte[] whole =
        HALF_LIFE.advance(HALF_LIFE.start(), HALF_LIFE_FACTS, at("2026-11-30T00:00:00Z")).encode();
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertThatThrownBy(() -> TimelineState.decode(half))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a timeline state is damaged");
  }

  @Test
  void refusesToGoBack() {
    TimelineState state =
        HALF_LIFE.advance(HALF_LIFE.start(), HALF_LIFE_FACTS, at("2026-11-30T00:00:00Z"));
    assertThatThrownBy(() -> HALF_LIFE.read(state, HALF_LIFE_FACTS, at("2026-11-29T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the state has come to ");
  }
}
