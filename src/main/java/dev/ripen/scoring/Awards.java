package dev.ripen.scoring;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The awards of one rule that no reset has ended, oldest first. */
final class Awards {
  private long[] times;
  private long[] points;
  private int size;

  Awards() {
    this(new long[4], new long[4], 0);
  }

  private Awards(long[] times, long[] points, int size) {
    this.times = times;
    this.points = points;
    this.size = size;
  }

  Awards copy() {
    int room = Math.max(4, size);
    return new Awards(Arrays.copyOf(times, room), Arrays.copyOf(points, room), size);
  }

  void add(long atMicros, long microPoints) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      points = Arrays.copyOf(points, size * 2);
    }
    times[size] = atMicros;
    points[size] = microPoints;
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

  long awardedSum() {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum = Math.addExact(sum, points[i]);
    }
    return sum;
  }

  /** The sum on a day. Awards that are worth nothing by then never come back and are dropped. */
  long settle(@Nullable DecayCurve curve, LocalDay day) {
    long sum = 0;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      long value = curve == null ? points[i] : curve.value(points[i], day.ageOf(times[i]));
      if (value != 0) {
        sum = Math.addExact(sum, value);
        times[kept] = times[i];
        points[kept] = points[i];
        kept++;
      }
    }
    size = kept;
    return sum;
  }
}
