package dev.ripen.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What measured runs say about runs that nobody has measured. Pure. Seconds are a fixed part and a
 * part per event; of each part a share is done by all cores at once (Amdahl's law), and how large
 * it is follows from the same runs on one core and on two.
 *
 * @param onTwo seconds on two cores
 * @param shareOfFixed of the fixed part, what all cores do at once, 0 to 1
 * @param shareOfEvents the same of the part per event
 */
record ScaleArithmetic(Line onTwo, double shareOfFixed, double shareOfEvents) {
  /** Shares this far below 0 or above 1 are what two runs of the same differ by. */
  private static final double TOLERANCE = 0.15;

  /**
   * A run that was measured.
   *
   * @param millions of events
   */
  record Point(double millions, int cores, double seconds) {}

  /** Seconds as a straight line over events. */
  record Line(double fixedSeconds, double secondsPerMillion) {
    double seconds(double millions) {
      return fixedSeconds + secondsPerMillion * millions;
    }

    /** How far the run that lies furthest from this line is from it, as a part of its seconds. */
    double furthest(List<Point> points) {
      return points.stream()
          .mapToDouble(point -> Math.abs(seconds(point.millions) / point.seconds - 1))
          .max()
          .orElse(0);
    }
  }

  /**
   * @param points at least two sizes that were measured on one core and on two
   * @throws IllegalArgumentException if there are fewer
   * @throws IllegalStateException if the runs cannot be of a quiet machine: two cores are slower
   *     than one, or more than twice as fast
   */
  static ScaleArithmetic of(List<Point> points) {
    List<Point> one = on(1, points);
    List<Point> both =
        on(2, points).stream()
            .filter(two -> one.stream().anyMatch(each -> each.millions == two.millions))
            .toList();
    Line lineOfOne = line(one);
    Line lineOfTwo = line(both);
    return new ScaleArithmetic(
        line(on(2, points)),
        share(lineOfOne.fixedSeconds, lineOfTwo.fixedSeconds),
        share(lineOfOne.secondsPerMillion, lineOfTwo.secondsPerMillion));
  }

  static List<Point> on(int cores, List<Point> points) {
    return points.stream().filter(point -> point.cores == cores).toList();
  }

  /**
   * The line from which the points are least far away as a part of their own seconds: otherwise
   * only the longest run would count.
   *
   * @throws IllegalArgumentException if the points are of fewer than two sizes
   */
  static Line line(List<Point> points) {
    if (points.stream().mapToDouble(Point::millions).distinct().count() < 2) {
      throw new IllegalArgumentException("a line needs runs over two numbers of events");
    }
    double weight = weighted(points, point -> 1);
    double x = weighted(points, Point::millions);
    double y = weighted(points, Point::seconds);
    double xx = weighted(points, point -> point.millions * point.millions);
    double xy = weighted(points, point -> point.millions * point.seconds);
    double slope = (weight * xy - x * y) / (weight * xx - x * x);
    return new Line((y - slope * x) / weight, slope);
  }

  private static double weighted(List<Point> points, ToDoubleFunction<Point> value) {
    return points.stream()
        .mapToDouble(point -> value.applyAsDouble(point) / (point.seconds * point.seconds))
        .sum();
  }

  /** Amdahl's share of two measurements: one core takes {@code 1}, two take {@code 1 - share/2}. */
  private static double share(double one, double two) {
    double share = 2 * (1 - two / one);
    if (one <= 0 || two <= 0 || share < -TOLERANCE || share > 1 + TOLERANCE) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "a part takes %.2f s on one core and %.2f s on two", one, two));
    }
    return Math.max(0, Math.min(1, share));
  }

  /** Seconds that so many cores would need by this arithmetic. */
  double seconds(int cores, double millions) {
    return onTwo.fixedSeconds * ofTwo(shareOfFixed, cores)
        + onTwo.secondsPerMillion * millions * ofTwo(shareOfEvents, cores);
  }

  private static double ofTwo(double share, int cores) {
    return (1 - share + share / cores) / (1 - share + share / 2);
  }
}
