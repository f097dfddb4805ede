package dev.ripen.scoring;

import java.util.Arrays;
import java.util.List;

/**
 * The awards of one rule that no reset has ended, oldest first, each with the number of the curve
 * by which it decays: that of the version that made it.
 */
final class Awards {
  private static final long[] NO_NUMBERS = {};
  private static final int[] NO_CURVES = {};

  private long[] times;
  private long[] points;
  private int[] curves;
  private int size;

  /** None, and no room: most rules never award a person. */
  Awards() {
    this(NO_NUMBERS, NO_NUMBERS, NO_CURVES, 0);
  }

  /** None yet, with room for so many. */
  Awards(int expected) {
    this(new long[expected], new long[expected], new int[expected], 0);
  }

  private Awards(long[] times, long[] points, int[] curves, int size) {
    this.times = times;
    this.points = points;
    this.curves = curves;
    this.size = size;
  }

  Awards copy() {
    return new Awards(
        Arrays.copyOf(times, size), Arrays.copyOf(points, size), Arrays.copyOf(curves, size), size);
  }

  void add(long atMicros, long microPoints, int curve) {
    if (size == times.length) {
      int room = Math.max(4, size * 2);
      times = Arrays.copyOf(times, room);
      points = Arrays.copyOf(points, room);
      curves = Arrays.copyOf(curves, room);
    }
    times[size] = atMicros;
    points[size] = microPoints;
    curves[size] = curve;
    size++;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  long at(int index) {
    return times[index];
  }

  long microPoints(int index) {
    return points[index];
  }

  /** −1: does not decay. */
  int curve(int index) {
    return curves[index];
  }

  boolean hasNegativeDecaying() {
    for (int i = 0; i < size; i++) {
      if (points[i] < 0 && curves[i] >= 0) {
        return true;
      }
    }
    return false;
  }

  long awardedSum() {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum = Math.addExact(sum, points[i]);
    }
    return sum;
  }

  /** The sum on a day. Awards that are worth nothing by then never come back and are dropped. */
  long settle(List<DecayCurve> decays, LocalDay day) {
    long sum = 0;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      long value =
          curves[i] < 0 ? points[i] : decays.get(curves[i]).value(points[i], day.ageOf(times[i]));
      if (value != 0) {
        sum = Math.addExact(sum, value);
        times[kept] = times[i];
        points[kept] = points[i];
        curves[kept] = curves[i];
        kept++;
      }
    }
    size = kept;
    return sum;
  }
}
