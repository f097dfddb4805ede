package dev.ripen.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ripen.bench.ScaleArithmetic.Line;
import dev.ripen.bench.ScaleArithmetic.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleArithmeticTest {
  // One core: 100 s and 4 s per million. Two: 75 s (half of it is parallel) and 2.4 s (0.8 is).
  private static final List<Point> RUNS =
      List.of(
          new Point(5, 1, 120),
          new Point(50, 1, 300),
          new Point(5, 2, 87),
          new Point(50, 2, 195),
          new Point(500, 2, 1_275));

  @Test
  void findsTheLineAndTheShares() {
    ScaleArithmetic found = ScaleArithmetic.of(RUNS);
    assertThat(found.onTwo().fixedSeconds()).isEqualTo(75, within(1e-6));
    assertThat(found.onTwo().secondsPerMillion()).isEqualTo(2.4, within(1e-6));
    assertThat(found.shareOfFixed()).isEqualTo(0.5, within(1e-6));
    assertThat(found.shareOfEvents()).isEqualTo(0.8, within(1e-6));
  }

  @Test
  void dividesOnlyWhatAllCoresDoAtOnce() {
    // 100 × (0.5 + 0.5/8) + 4 × 500 × (0.2 + 0.8/8)
    assertThat(ScaleArithmetic.of(RUNS).seconds(8, 500)).isEqualTo(656.25, within(1e-6));
    assertThat(ScaleArithmetic.of(RUNS).seconds(1, 500)).isEqualTo(2_100, within(1e-6));
  }

  @Test
  void countsShortRunsAsMuchAsLongOnes() {
    List<Point> bent = List.of(new Point(1, 2, 10), new Point(10, 2, 20), new Point(1_000, 2, 990));
    Line line = ScaleArithmetic.line(bent);
    assertThat(line.furthest(bent)).isLessThan(0.1);
    assertThat(line.seconds(1)).isEqualTo(10, within(1.0));
  }

  @Test
  void needsTwoSizes() {
    assertThatThrownBy(() -> ScaleArithmetic.of(RUNS.subList(0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a line needs runs over two numbers of events");
  }

  @Test
  void refusesRunsOfABusyMachine() {
    List<Point> slowerOnTwo =
        List.of(
            new Point(5, 1, 130),
            new Point(45, 1, 210),
            new Point(5, 2, 158),
            new Point(45, 2, 160));
    assertThatThrownBy(() -> ScaleArithmetic.of(slowerOnTwo))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a part takes 120.00 s on one core and 157.75 s on two");
  }
}
