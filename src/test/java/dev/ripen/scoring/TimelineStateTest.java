package dev.ripen.scoring;

import static dev.ripen.scoring.Models.at;
import static dev.ripen.scoring.Models.facts;
import static dev.ripen.scoring.Models.signal;
import static dev.ripen.scoring.ScoreTimelineTest.HALF_LIFE;
import static dev.ripen.scoring.ScoreTimelineTest.HALF_LIFE_FACTS;
import static dev.ripen.scoring.ScoreTimelineTest.KEY_PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
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
  void refusesAStateThatIsCutAnywhere() {
    byte[] whole = everything().encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> TimelineState.decode(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a timeline state is damaged");
    }
  }

  /** Above all no other exception, and no room made for what a wrong size says. */
  @Test
  void readsOrRefusesAStateWithAWrongByte() {
    byte[] whole = everything().encode();
    for (int i = 1; i < whole.length; i++) {
      for (int wrong : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        byte[] damaged = whole.clone();
        damaged[i] = (byte) wrong;
        try {
          assertThat(TimelineState.decode(damaged).encode()).isNotEmpty();
        } catch (IllegalArgumentException e) {
          assertThat(e).hasMessage("a timeline state is damaged");
        }
      }
    }
  }

  /** States are stored: another form of them needs another number. */
  @Test
  void writesTheBytesOfFormat3() {
    TimelineState state = everything();
    byte[] bytes = state.encode();
    // The fingerprint of a model of the tests is another one in every process.
    int start = 2 + state.modelFingerprint().length();
    assertThat(HexFormat.of().formatHex(bytes, start, bytes.length))
        .isEqualTo(
            "0404020006617317482000010100065e6e4eb28600010673656e696f720000000100010100065e6e"
                + "4eb286000100065f842e74eb0000000000000000000000000080000000000000000001809894ebc9"
                + "9baf0680e1eb17010280a0d09db49caf0680ade20401808cd7c9d14480ade204010180f4eef484e1"
                + "af068087a70e0100010100065e6e4eb2860000065e6e4eb28600000000065f842e74eb0000000006"
                + "5f84274ddd0000008000000000000000000000000000000000000000000000000163de470c2b78d0"
                + "d8040000e1dd19bbc670dfa4809894ebc99baf0601009f9c06728a6a4b6e8088bcb26a02005c6f2a"
                + "be4f96ba9b80d49ed7d044010019325d5368fb190880b8b87200010100065f842e74eb0000000000"
                + "03068e86020a656e676167656d656e74000000000221acc6036669740000000000e4e1c001047761"
                + "726d4d5369676e6564207570202b32352c20566973697465642070726963696e67202b31352c2053"
                + "656e696f72207469746c65202b31352c2056696577656420612070616765202832c39729202b3130"
                + "07323032362d313100000000");
  }

  private static TimelineState everything() {
    return HALF_LIFE.advance(HALF_LIFE.start(), HALF_LIFE_FACTS, at("2026-11-30T00:00:00Z"));
  }

  /** More than are looked through one by one. */
  @Test
  void knowsManySignalsOfManyVisitorsAgain() {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      long at = at("2026-10-22T14:02:00Z") + i / 7;
      signals.add(new Signal("visitor " + i % 40, "event " + i, "page", at, null));
    }
    Facts facts = new Facts(null, signals, Set.of("senior"), List.of(), null);
    TimelineState state = HALF_LIFE.advance(HALF_LIFE.start(), facts, at("2026-10-30T00:00:00Z"));
    TimelineState read = TimelineState.decode(state.encode());
    assertThat(read.encode()).isEqualTo(state.encode());
    Collections.shuffle(signals, new Random(7));
    Facts again = new Facts(null, signals, Set.of("senior"), List.of(), null);
    assertThat(HALF_LIFE.continues(read, again)).isTrue();
    assertThat(HALF_LIFE.advance(HALF_LIFE.start(), again, read.untilMicros())).isEqualTo(read);
    signals.add(new Signal("visitor 0", "event 1", "page", at("2026-10-22T14:02:00Z"), null));
    Facts another = new Facts(null, signals, Set.of("senior"), List.of(), null);
    assertThat(HALF_LIFE.continues(read, another)).isFalse();
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
