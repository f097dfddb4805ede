package dev.ripen.bench;

import dev.ripen.bench.ScaleArithmetic.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints what whole runs over everything take, by events and cores, and what more cores would need
 * by arithmetic. {@code scripts/bench scale [EVENTS...]} makes the sample and the project, and
 * calls it. The people stay the same million; see {@link ScaleData}.
 */
final class ScaleBench {
  private static final String END = "2026-11-20 05:00:00";
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");
  private static final String HEAP = "-Xmx8g";

  /** More than that is measured on two cores only: on one it would take most of an hour. */
  private static final long MOST_ON_ONE = 100_000_000;

  private final Path work;
  private final Path base;
  private final List<Point> measured = new ArrayList<>();

  private ScaleBench(Path work, Path base) {
    this.work = work;
    this.base = base;
  }

  /**
   * {@code WORK BASE EVENTS...}; {@code WORK/project} reads {@code WORK/data}, which is made of the
   * sample in {@code BASE} and removed in the end.
   */
  public static void main(String[] arguments) throws SQLException, IOException {
    ScaleBench bench = new ScaleBench(Path.of(arguments[0]), Path.of(arguments[1]));
    long[] sizes = Arrays.stream(arguments).skip(2).mapToLong(Long::parseLong).sorted().toArray();
    try {
      for (long size : sizes) {
        bench.measure(size);
      }
    } finally {
      ScaleData.remove(bench.work.resolve("data"));
    }
    bench.calculate();
  }

  private void measure(long size) throws SQLException, IOException {
    long before = System.nanoTime();
    long events = new ScaleData(base, work.resolve("data"), END).write(size);
    say("%,d events made in %.0f s", events, (System.nanoTime() - before) / 1e9);
    measure(events, 2);
    if (events <= MOST_ON_ONE) {
      measure(events, 1);
    }
  }

  private void measure(long events, int cores) throws IOException {
    Path log = work.resolve("run-" + events + "-" + cores + ".log");
    Path tasks = work.resolve("tasks");
    Files.deleteIfExists(log);
    ScaleData.remove(tasks);
    Files.createDirectories(tasks);
    ScaleData.remove(work.resolve("project/.ripen/state"));
    List<String> options = new ArrayList<>(SparkTotals.options(tasks));
    options.addAll(List.of("--set", "spark.master=local[" + cores + "]"));
    WholeRun run;
    try {
      run =
          WholeRun.of(
              work.resolve("project"),
              AS_OF,
              HEAP,
              options,
              ProcessBuilder.Redirect.appendTo(log.toFile()));
    } catch (IllegalStateException e) {
      throw new IllegalStateException("what the run said: " + log, e);
    }
    SparkTotals totals = SparkTotals.read(tasks);
    ScaleData.remove(tasks);
    measured.add(new Point(events / 1e6, cores, run.seconds()));
    say(
        "%,d events, local[%d]: %.1f s, %,.0f events per second, %.1f GiB at most;"
            + " tasks: %.0f s of CPU, %.1f GiB shuffled, %.1f GiB spilled to disk",
        events,
        cores,
        run.seconds(),
        events / run.seconds(),
        run.gibibytes(),
        totals.cpuSeconds(),
        gibibytes(totals.shuffledBytes()),
        gibibytes(totals.spilledBytes()));
  }

  private static double gibibytes(long bytes) {
    return bytes / 1024.0 / 1024.0 / 1024.0;
  }

  private void calculate() {
    if (ScaleArithmetic.on(1, measured).size() < 2) {
      say("The arithmetic needs two sizes of at most %,d events.", MOST_ON_ONE);
      return;
    }
    List<Point> onTwo = ScaleArithmetic.on(2, measured);
    ScaleArithmetic.Line line = ScaleArithmetic.line(onTwo);
    say(
        "On two cores: %.0f s and %.2f s per million events; no run is further than %.0f %% from that",
        line.fixedSeconds(), line.secondsPerMillion(), 100 * line.furthest(onTwo));
    for (Point one : ScaleArithmetic.on(1, measured)) {
      onTwo.stream()
          .filter(two -> two.millions() == one.millions())
          .forEach(
              two ->
                  say(
                      "One core to two, %.1f million events: %.2f times as fast",
                      one.millions(), one.seconds() / two.seconds()));
    }
    try {
      say(ScaleArithmetic.of(measured));
    } catch (IllegalStateException e) {
      say("No arithmetic for more cores, the machine was not quiet: %s", e.getMessage());
    }
  }

  private static void say(ScaleArithmetic found) {
    say(
        "All cores at once do %.0f %% of the fixed part and %.0f %% of the part per event.",
        100 * found.shareOfFixed(), 100 * found.shareOfEvents());
    say("By this arithmetic (Amdahl's law; nobody has measured it, and a network is not in it):");
    for (int millions : List.of(450, 4_500)) {
      for (int cores : List.of(8, 32, 128)) {
        say(
            "  %,d million events on %d cores: %.0f s",
            millions, cores, found.seconds(cores, millions));
      }
    }
  }

  private static void say(String text, Object... values) {
    System.out.printf(Locale.ROOT, text + "%n", values);
  }
}
