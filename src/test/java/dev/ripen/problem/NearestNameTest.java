package dev.ripen.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> KNOWN =
      List.of("threshold", "strictly-above", "minimum", "re-qualify", "cap");

  @Test
  void findsTheNameWithASlip() {
    assertThat(NearestName.of("treshold", KNOWN)).contains("threshold");
    assertThat(NearestName.of("threshlod", KNOWN)).contains("threshold");
    assertThat(NearestName.of("cup", KNOWN)).contains("cap");
  }

  @Test
  void takesUnderscoresAndCapitalsForSlips() {
    assertThat(NearestName.of("Re_Qualify", KNOWN)).contains("re-qualify");
    assertThat(NearestName.of("requalify", KNOWN)).contains("re-qualify");
  }

  @Test
  void isSilentWhenNothingIsNear() {
    assertThat(NearestName.of("colour", KNOWN)).isEmpty();
    assertThat(NearestName.of("", KNOWN)).isEmpty();
    assertThat(NearestName.of("cap", List.of())).isEmpty();
  }

  @Test
  void breaksTiesByTheAlphabet() {
    assertThat(NearestName.of("cat", List.of("car", "can", "cap"))).contains("can");
  }
}
