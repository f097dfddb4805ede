package dev.ripen.scoring;

import dev.ripen.scoring.IndexedModel.IndexedDimension;
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
  private final FoldState state;
  private final long[] ruleSums;
  private final long[] groupSums;
  private final long[] dimensionSums;
  private final long[] dimensionValues;
  private long totalSum;
  private long total;

  /**
   * Of one version.
   *
   * @param ruleSums per place of a rule, read anew each time
   */
  Totals(IndexedModel model, FoldState state, long[] ruleSums) {
    this.model = model;
    this.state = state;
    this.ruleSums = ruleSums;
    groupSums = new long[model.groups.size()];
    dimensionSums = new long[state.corrections.length];
    dimensionValues = new long[state.corrections.length];
  }

  long total() {
    return total;
  }

  long dimension(int number) {
    return dimensionValues[number];
  }

  /**
   * Reads anew.
   *
   * @param adjustments receives what limits take or give; null if nobody asks
   */
  void read(@Nullable List<ScoreCard.Adjustment> adjustments) {
    Arrays.fill(groupSums, 0);
    Arrays.fill(dimensionSums, 0);
    for (IndexedRule rule : model.rules) {
      long sum = ruleSums[rule.slot()];
      addRule(rule, limit(rule.rule().limits(), sum, rule.rule().name(), adjustments));
    }
    for (int i = 0; i < groupSums.length; i++) {
      IndexedGroup group = model.groups.get(i);
      long sum = limit(group.group().limits(), groupSums[i], group.group().name(), adjustments);
      addTo(group.dimension(), sum);
    }
    totalSum = 0;
    for (IndexedDimension dimension : model.dimensions) {
      int number = dimension.number();
      correct(number, dimension.name(), adjustments);
      dimensionValues[number] =
          limit(
              dimension.dimension().limits(), dimensionSums[number], dimension.name(), adjustments);
      totalSum = Math.addExact(totalSum, dimensionValues[number]);
    }
    totalSum = corrected(totalSum, state.totalCorrection, "total", adjustments);
    total = limit(model.model.total(), totalSum, "total", adjustments);
  }

  /** What caps that stop leave for an award of a rule, after the latest reading. */
  long room(IndexedRule rule) {
    long room = room(rule.rule().limits(), ruleSums[rule.slot()]);
    if (rule.group() >= 0) {
      Limits limits = model.groups.get(rule.group()).group().limits();
      room = Math.min(room, room(limits, groupSums[rule.group()]));
    }
    room = Math.min(room, room(limitsOf(rule.dimension()), dimensionSums[rule.dimension()]));
    return Math.min(room, room(model.model.total(), totalSum));
  }

  private Limits limitsOf(int number) {
    for (IndexedDimension dimension : model.dimensions) {
      if (dimension.number() == number) {
        return dimension.dimension().limits();
      }
    }
    return Limits.NONE;
  }

  private void correct(int number, String name, @Nullable List<ScoreCard.Adjustment> adjustments) {
    dimensionSums[number] =
        corrected(dimensionSums[number], state.corrections[number], name, adjustments);
  }

  private static long corrected(
      long sum, long correction, String where, @Nullable List<ScoreCard.Adjustment> adjustments) {
    if (correction != 0 && adjustments != null) {
      adjustments.add(new ScoreCard.Adjustment("nightly-floor", where, correction));
    }
    return Math.addExact(sum, correction);
  }

  private static long room(Limits limits, long sum) {
    Long cap = limits.cap();
    if (cap == null || limits.capMode() == Limits.CapMode.CLAMP) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, Math.subtractExact(cap.longValue(), sum));
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
    if (floor != null && limits.floorMode() == Limits.FloorMode.ALWAYS && value < floor) {
      if (adjustments != null) {
        adjustments.add(
            new ScoreCard.Adjustment("floor", where, Math.subtractExact(floor.longValue(), value)));
      }
      value = floor;
    }
    return value;
  }
}
