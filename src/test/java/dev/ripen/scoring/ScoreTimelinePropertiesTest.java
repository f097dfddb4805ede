package dev.ripen.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What holds for every model and every person. {@code -Djqwik.tries.default=20000} looks longer.
 */
final class ScoreTimelinePropertiesTest {
  @Provide
  Arbitrary<RandomCase> cases() {
    return Arbitraries.randomValue(RandomCase::of);
  }

  @Property(tries = 10_000)
  void isTheScoreOfTheNaiveFold(@ForAll("cases") RandomCase given) {
    assertThat(score(given, given.facts()))
        .isEqualTo(NaiveTimeline.score(given.versions(), given.facts(), given.asOfMicros()));
  }

  @Property
  void dependsNeitherOnOrderNorOnCopies(@ForAll("cases") RandomCase given, @ForAll long seed) {
    Random random = new Random(seed);
    Facts facts = given.facts();
    List<Signal> signals = new ArrayList<>(facts.signals());
    facts.signals().stream().filter(signal -> random.nextBoolean()).forEach(signals::add);
    List<StatusChange> statuses = new ArrayList<>(facts.statuses());
    statuses.addAll(facts.statuses());
    Collections.shuffle(signals, random);
    Collections.shuffle(statuses, random);
    Facts other = with(facts, signals, statuses);
    ScoreTimeline timeline = new ScoreTimeline(given.versions());
    assertThat(score(given, other)).isEqualTo(score(given, facts));
    assertThat(timeline.explain(other, given.asOfMicros()))
        .isEqualTo(timeline.explain(facts, given.asOfMicros()));
  }

  @Property
  void goesOnFromASavedStateAsIfInOneGo(@ForAll("cases") RandomCase given) {
    ScoreTimeline timeline = new ScoreTimeline(given.versions());
    Facts facts = given.facts();
    TimelineState cut = timeline.advance(timeline.start(), facts, given.cutMicros());
    TimelineState saved = TimelineState.decode(cut.encode());
    assertThat(saved.encode()).isEqualTo(cut.encode());
    ScoreCard inOneGo = score(given, facts);
    assertThat(timeline.read(saved, facts, given.asOfMicros())).isEqualTo(inOneGo);
    Facts later = only(facts, at -> at > given.cutMicros());
    assertThat(timeline.read(saved, later, given.asOfMicros())).isEqualTo(inOneGo);
  }

  @Property
  void nightByNightIsAsInOneGo(@ForAll("cases") RandomCase given) {
    ScoreTimeline timeline = new ScoreTimeline(given.versions());
    Facts facts = given.facts();
    long cut = given.cutMicros();
    long asOf = given.asOfMicros();
    byte[] first = timeline.night(null, facts, cut - 7_200_000_000L, cut).kept();
    long seen = TimelineState.decode(first).untilMicros();
    Facts later = with(facts, only(facts, at -> at > seen).signals(), facts.statuses());
    ScoreTimeline.Night second = timeline.night(first, later, (cut + asOf) / 2, asOf);
    assertThat(second.card()).isEqualTo(score(given, facts));
    assertThat(second.kept()).isEqualTo(timeline.night(null, facts, (cut + asOf) / 2, asOf).kept());
  }

  @Property
  void doesNotSeeTheFuture(@ForAll("cases") RandomCase given) {
    Facts facts = given.facts();
    Facts known = only(facts, at -> at <= given.asOfMicros());
    Facts past =
        new Facts(
            known.createdAtMicros(),
            known.signals(),
            known.statuses(),
            known.attributes(),
            facts.attributeChanges().stream()
                .filter(change -> change.occurredAtMicros() <= given.asOfMicros())
                .toList());
    assertThat(score(given, past)).isEqualTo(score(given, given.facts()));
  }

  @Property
  void countsLateFactsAsIfOnTime(@ForAll("cases") RandomCase given, @ForAll long seed) {
    Random random = new Random(seed);
    ScoreTimeline timeline = new ScoreTimeline(given.versions());
    Facts early = only(given.facts(), at -> random.nextInt(4) > 0);
    TimelineState state = timeline.advance(timeline.start(), early, given.cutMicros());
    if (!timeline.continues(state, given.facts())) {
      state = timeline.start();
    }
    assertThat(timeline.read(state, given.facts(), given.asOfMicros()))
        .isEqualTo(score(given, given.facts()));
  }

  @Property
  void mergesTwoRecordsAsTheUnionOfTheirFacts(
      @ForAll("cases") RandomCase given, @ForAll long seed) {
    Random random = new Random(seed);
    Facts facts = given.facts();
    Facts left = only(facts, at -> random.nextBoolean());
    Facts right = only(facts, at -> random.nextBoolean());
    List<Signal> signals = concat(left.signals(), right.signals());
    List<StatusChange> statuses = concat(left.statuses(), right.statuses());
    List<Signal> distinctSignals = signals.stream().distinct().toList();
    List<StatusChange> distinctStatuses = statuses.stream().distinct().toList();
    assertThat(score(given, with(facts, signals, statuses)))
        .isEqualTo(
            NaiveTimeline.score(
                given.versions(),
                with(facts, distinctSignals, distinctStatuses),
                given.asOfMicros()));
  }

  /** What an older version awarded is worth the same whatever the later rules say. */
  @Property
  void leavesAwardsFromBeforeAVersionAsTheyWere(@ForAll("cases") RandomCase given) {
    List<RulesVersion> versions = given.versions();
    Assume.that(versions.size() > 1);
    long start = versions.get(versions.size() - 1).effectiveFromMicros();
    List<RulesVersion> older = versions.subList(0, versions.size() - 1);
    Facts facts = given.facts();
    Facts before =
        new Facts(
            facts.createdAtMicros(),
            facts.signals(),
            facts.statuses(),
            facts.attributes(),
            facts.attributeChanges().stream()
                .filter(change -> change.occurredAtMicros() < start)
                .toList());
    ScoreTimeline all = new ScoreTimeline(versions);
    assertThat(all.score(facts, start - 1))
        .isEqualTo(new ScoreTimeline(older).score(before, start - 1));
    ScoreCard now = all.score(facts, Math.max(start, given.asOfMicros()));
    ScoreCard then = all.score(facts, start - 1);
    if (now.excludedBecause() == null && then.excludedBecause() == null) {
      List<Long> openings = openings(then);
      assertThat(openings(now).subList(0, openings.size())).isEqualTo(openings);
    }
  }

  private static List<Long> openings(ScoreCard card) {
    return card.episodes().stream().map(ScoreCard.Episode::openedAtMicros).toList();
  }

  @Property
  void addsUpToTheScore(@ForAll("cases") RandomCase given) {
    ScoreCard card = score(given, given.facts());
    long contributions =
        card.contributions().stream().mapToLong(ScoreCard.Contribution::microPoints).sum();
    long adjustments =
        card.adjustments().stream().mapToLong(ScoreCard.Adjustment::microPoints).sum();
    assertThat(contributions + adjustments).isEqualTo(card.score());
  }

  @Property
  void tellsTheTotalThatIsScored(@ForAll("cases") RandomCase given) {
    ScoreTimeline timeline = new ScoreTimeline(given.versions());
    List<TimelineEntry> entries = timeline.explain(given.facts(), given.asOfMicros());
    for (TimelineEntry entry : entries) {
      ScoreCard then = timeline.score(given.facts(), entry.atMicros());
      if (then.excludedBecause() == null) {
        assertThat(then.score()).as("%s", entry).isEqualTo(entry.totalAfterMicros());
      }
    }
  }

  private static ScoreCard score(RandomCase given, Facts facts) {
    return new ScoreTimeline(given.versions()).score(facts, given.asOfMicros());
  }

  private static Facts only(Facts facts, LongPredicate instants) {
    return with(
        facts,
        facts.signals().stream().filter(s -> instants.test(s.occurredAtMicros())).toList(),
        facts.statuses().stream().filter(s -> instants.test(s.occurredAtMicros())).toList());
  }

  private static Facts with(Facts facts, List<Signal> signals, List<StatusChange> statuses) {
    return new Facts(
        facts.createdAtMicros(), signals, statuses, facts.attributes(), facts.attributeChanges());
  }

  private static <T> List<T> concat(List<T> left, List<T> right) {
    return Stream.concat(left.stream(), right.stream()).toList();
  }
}
