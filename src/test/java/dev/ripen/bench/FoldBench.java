package dev.ripen.bench;

import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Facts;
import dev.ripen.scoring.Frequency;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.ScoreCard;
import dev.ripen.scoring.ScoreTimeline;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.scoring.Signal;
import dev.ripen.scoring.Trigger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Signals per second and core: 20 rules with decay, caps and frequencies, 200 signals per person in
 * 90 days. The peer sums each signal's decayed points once, without order, limits or dates.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g"})
public class FoldBench {
  private static final int SIGNALS = 200;
  private static final int PEOPLE = 1_000;
  private static final long DAY = 86_400_000_000L;
  private static final long START = 20_000 * DAY;
  private static final long AS_OF = START + 90 * DAY;

  private final List<Facts> people = new ArrayList<>();
  private final ScoreTimeline timeline = new ScoreTimeline(model());
  private int next;

  @Setup
  public void fill() {
    Random random = new Random(7);
    for (int person = 0; person < PEOPLE; person++) {
      List<Signal> signals = new ArrayList<>();
      for (int i = 0; i < SIGNALS; i++) {
        long at = START + (long) (random.nextDouble() * 90 * DAY);
        String id = person + "-" + i;
        signals.add(new Signal("visitor " + person, id, "rule-" + random.nextInt(20), at, null));
      }
      people.add(new Facts(START, signals, Set.of("attribute"), List.of(), null));
    }
  }

  /** The whole fold of a person. */
  @Benchmark
  @OperationsPerInvocation(SIGNALS)
  public ScoreCard fold() {
    return timeline.score(person(), AS_OF);
  }

  /** The least that a score with decay costs. */
  @Benchmark
  @OperationsPerInvocation(SIGNALS)
  public double plainSum() {
    double sum = 0;
    for (Signal signal : person().signals()) {
      sum += 5 * Math.pow(0.5, Math.floorDiv(AS_OF - signal.occurredAtMicros(), DAY) / 14.0);
    }
    return sum;
  }

  private Facts person() {
    next = (next + 1) % PEOPLE;
    return people.get(next);
  }

  private static ScoringModel model() {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Frequency frequency =
          switch (i % 4) {
            case 0 -> new Frequency.Rolling(3, 7);
            case 1 -> new Frequency.Calendar(1, Frequency.Bucket.DAY);
            default -> new Frequency.Always();
          };
      Limits limits = i % 3 == 0 ? new Limits(40 * Points.MICRO, null) : Limits.NONE;
      String group = i % 2 == 0 ? "web" : null;
      long points = (1 + i) * Points.MICRO;
      String name = "rule-" + i;
      rules.add(new Rule(name, name, new Trigger.Event(), points, group, frequency, null, limits));
    }
    Dimension engagement =
        new Dimension(
            "engagement",
            new Decay.HalfLife(14),
            new Limits(300 * Points.MICRO, null),
            List.of(new Group("web", null, new Limits(150 * Points.MICRO, null))),
            rules);
    Rule attribute =
        new Rule(
            "attribute",
            "Senior",
            new Trigger.Attribute(),
            15 * Points.MICRO,
            null,
            new Frequency.Always(),
            null,
            Limits.NONE);
    Dimension fit =
        new Dimension("fit", new Decay.None(), Limits.NONE, List.of(), List.of(attribute));
    return new ScoringModel(
        "default",
        "bench",
        "bench",
        ZoneId.of("Europe/Berlin"),
        List.of(engagement, fit),
        Limits.NONE,
        new Qualification(
            250 * Points.MICRO, false, Map.of(), Qualification.Requalify.AFTER_RECYCLE),
        new Levels.Grades(List.of(new Level("hot", 100 * Points.MICRO))));
  }
}
