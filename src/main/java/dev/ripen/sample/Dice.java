package dev.ripen.sample;

import java.util.List;

/**
 * SplitMix64 random numbers (Steele, Lea, Flood 2014): the same on every machine and JDK, and cheap
 * enough to have one for each person, so that no person depends on another.
 */
final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Dice(long seed, long stream, long index) {
    this.state = mix(mix(seed + GOLDEN * stream) + GOLDEN * index);
  }

  /** A bijection of 64-bit words that looks random. */
  static long mix(long word) {
    long z = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0 inclusive to {@code bound} exclusive. */
  int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /** From {@code low} to {@code high}, both inclusive. */
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  long between(long low, long high) {
    return low + Long.remainderUnsigned(next(), high - low + 1);
  }

  /** True in {@code perThousand} of a thousand. */
  boolean chance(int perThousand) {
    return below(1000) < perThousand;
  }

  <T> T pick(List<T> values) {
    return values.get(below(values.size()));
  }

  /** An index, with the probability of its weight. */
  int weighted(int... weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int left = below(sum);
    int index = 0;
    while (left >= weights[index]) {
      left -= weights[index];
      index++;
    }
    return index;
  }
}
