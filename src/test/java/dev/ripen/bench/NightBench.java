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
import dev.ripen.scoring.ReasonsJson;
import dev.ripen.scoring.Rule;
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
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per person of a night that goes on from what the last one has kept: 4 rules over
 * events, 8 signals before, none to two since.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g"})
public class NightBench {
  private static final int SIGNALS = 8;
  private static final int PEOPLE = 10_000;
  private static final long DAY = 86_400_000_000L;
  private static final long START = 20_000 * DAY;
  private static final long KEPT = START + 86 * DAY - 1;
  private static final long AS_OF = START + 90 * DAY + DAY / 2;

  private final ScoreTimeline timeline = new ScoreTimeline(model());
  private final List<Person> people = new ArrayList<>();
  private int next;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Person(byte[] kept, Facts facts) {}

  @Setup
  public void fill() {
    Random random = new Random(7);
    for (int person = 0; person < PEOPLE; person++) {
      String visitor = UUID.nameUUIDFromBytes(new byte[] {(byte) person}).toString();
      Set<String> holds = person % 5 == 0 ? Set.of("attribute") : Set.of();
      Facts before = facts(random, visitor, SIGNALS, START, KEPT, holds);
      byte[] kept = timeline.night(null, before, KEPT, KEPT).kept();
      people.add(new Person(kept, facts(random, visitor, person % 3, KEPT + 1, AS_OF, holds)));
    }
  }

  private static Facts facts(
      Random random, String visitor, int size, long from, long to, Set<String> holds) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long at = from + (long) (random.nextDouble() * (to - from));
      String event = new UUID(random.nextLong(), random.nextLong()).toString();
      signals.add(new Signal(visitor, event, "rule-" + random.nextInt(4), at, null));
    }
    return new Facts(START, signals, holds, List.of(), null);
  }

  /** Read, gone on with, kept anew a night later, and scored. */
  @Benchmark
  public ScoreTimeline.Night night() {
    Person person = person();
    return timeline.night(person.kept, person.facts, KEPT + DAY, AS_OF);
  }

  /** The same, with the line for programs that every row carries. */
  @Benchmark
  public int nightWithReasons() {
    Person person = person();
    ScoreTimeline.Night night = timeline.night(person.kept, person.facts, KEPT + DAY, AS_OF);
    return ReasonsJson.of(night.card().contributions()).length() + night.kept().length;
  }

  private Person person() {
    next = (next + 1) % PEOPLE;
    return people.get(next);
  }

  private static ScoringModel model() {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Frequency frequency = i == 0 ? new Frequency.Rolling(1, 7) : new Frequency.Always();
      long points = 5L * (1 + i) * Points.MICRO;
      rules.add(
          rule("rule-" + i, new Trigger.Event(), points, i % 2 == 0 ? "web" : null, frequency));
    }
    Rule attribute =
        rule("attribute", new Trigger.Attribute(), 15 * Points.MICRO, null, new Frequency.Always());
    Group web = new Group("web", null, new Limits(40 * Points.MICRO, null));
    return new ScoringModel(
        "default",
        "bench",
        "bench",
        ZoneId.of("Europe/Berlin"),
        List.of(
            new Dimension(
                "engagement",
                new Decay.HalfLife(14),
                Limits.NONE,
                List.of(web),
                List.copyOf(rules)),
            new Dimension("fit", new Decay.None(), Limits.NONE, List.of(), List.of(attribute))),
        Limits.NONE,
        new Qualification(
            50 * Points.MICRO, false, Map.of(), Qualification.Requalify.AFTER_RECYCLE),
        new Levels.Grades(
            List.of(new Level("warm", 50 * Points.MICRO), new Level("cold", Long.MIN_VALUE))));
  }

  private static Rule rule(
      String name, Trigger trigger, long points, @Nullable String group, Frequency frequency) {
    return new Rule(name, "Did " + name, trigger, points, group, frequency, null, Limits.NONE);
  }
}
