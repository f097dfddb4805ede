package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanCostTest {
  private static PlanTotals totals(long create, long update, long unchanged, long firstSync) {
    return new PlanTotals(create, update, unchanged, Map.of(), 0, firstSync, 0, 0);
  }

  @Test
  void countsFullBatchesAndScalesToAMillionLeads() {
    assertThat(PlanCost.of(totals(0, 250, 49_750, 0), 100))
        .isEqualTo(new PlanCost(3, 50, 5_000, false));
  }

  @Test
  void costsNothingOnAQuietNight() {
    assertThat(PlanCost.of(totals(0, 0, 50_000, 0), 100)).isEqualTo(new PlanCost(0, 0, 0, false));
  }

  @Test
  void saysThatAFirstNightIsNoUsualOne() {
    assertThat(PlanCost.of(totals(10, 990, 0, 990), 100))
        .isEqualTo(new PlanCost(11, 10_000, 1_000_000, true));
  }
}
