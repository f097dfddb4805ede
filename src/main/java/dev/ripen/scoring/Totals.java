package dev.ripen.scoring;

import dev.ripen.scoring.IndexedModel.IndexedGroup;
import dev.ripen.scoring.IndexedModel.IndexedRule;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads sums per rule as a score: limits of rules, groups, dimensions and the total, in that order.
 */
final class Totals {
  private final IndexedModel model;
  private final long[] groupSums;
  private final long[] dimensionSums;
  private long total;

  Totals(IndexedModel model) {
    this.model = model;
    groupSums = new long[model.groups.size()];
    dimensionSums = new long[model.dimensions.size()];
  }

  long total() {
    return total;
  }

  long dimension(int index) {
    return dimensionSums[index];
  }

  /**
   * Reads anew.
   *
   * @param adjustments receives what limits take or give; null if nobody asks
   */
  void read(long[] ruleSums, @Nullable List<ScoreCard.Adjustment> adjustments) {
    Arrays.fill(groupSums, 0);
    Arrays.fill(dimensionSums, 0);
    for (IndexedRule rule : model.rules) {
      long sum = ruleSums[rule.index()];
      addRule(rule, limit(rule.rule().limits(), sum, rule.rule().name(), adjustments));
    }
    for (int i = 0; i < groupSums.length; i++) {
      IndexedGroup group = model.groups.get(i);
      long sum = limit(group.group().limits(), groupSums[i], group.group().name(), adjustments);
      addTo(group.dimension(), sum);
    }
    total = 0;
    for (int i = 0; i < dimensionSums.length; i++) {
      Dimension dimension = model.dimensions.get(i);
      dimensionSums[i] = limit(dimension.limits(), dimensionSums[i], dimension.name(), adjustments);
      total = Math.addExact(total, dimensionSums[i]);
    }
    total = limit(model.model.total(), total, "total", adjustments);
  }

  private void addRule(IndexedRule rule, long sum) {
    if (rule.group() < 0) {
      addTo(rule.dimension(), sum);
    } else {
      groupSums[rule.group()] = Math.addExact(groupSums[rule.group()], sum);
    }
  }

  private void addTo(int dimension, long sum) {
    dimensionSums[dimension] = Math.addExact(dimensionSums[dimension], sum);
  }

  private static long limit(
      Limits limits, long sum, String where, @Nullable List<ScoreCard.Adjustment> adjustments) {
    long value = sum;
    Long cap = limits.cap();
    if (cap != null && value > cap) {
      if (adjustments != null) {
        adjustments.add(
            new ScoreCard.Adjustment("cap", where, Math.subtractExact(cap.longValue(), value)));
      }
      value = cap;
    }
    Long floor = limits.floor();
    if (floor != null && value < floor) {
      if (adjustments != null) {
        adjustments.add(
            new ScoreCard.Adjustment("floor", where, Math.subtractExact(floor.longValue(), value)));
      }
      value = floor;
    }
    return value;
  }
}
