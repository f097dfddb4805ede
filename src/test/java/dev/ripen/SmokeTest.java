package dev.ripen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.scoring.Points;
import org.junit.jupiter.api.Test;

class SmokeTest {
  @Test
  void pointsReadAsDecimals() {
    assertThat(Points.text(15_761_350)).isEqualTo("15.76135");
  }
}
