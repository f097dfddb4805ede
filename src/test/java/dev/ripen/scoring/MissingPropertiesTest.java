package dev.ripen.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class MissingPropertiesTest {
  @Provide
  Arbitrary<RandomCase> cases() {
    return Arbitraries.randomValue(RandomCase::of);
  }

  @Property(tries = 1000)
  void whatIsSuggestedMakesAnMql(@ForAll("cases") RandomCase given) {
    Facts known = until(given.facts(), given.asOfMicros());
    ScoreTimeline timeline = new ScoreTimeline(given.versions());
    Missing missing = timeline.missing(known, given.asOfMicros()).orElse(null);
    assertThat(missing == null).isEqualTo(timeline.score(known, given.asOfMicros()).isMql());
    if (missing == null) {
      return;
    }
    for (Missing.Suggestion suggestion : missing.suggestions()) {
      long until = given.asOfMicros() + suggestion.times();
      // The naive fold is the judge, and one event less does not do.
      assertThat(judge(given, with(known, suggestion, given.asOfMicros()), until)).isTrue();
      if (suggestion.steps().size() == 1 && suggestion.times() > 1) {
        Missing.Step step = suggestion.steps().get(0);
        Missing.Suggestion less =
            new Missing.Suggestion(
                List.of(new Missing.Step(step.rule(), step.label(), step.times() - 1)));
        assertThat(judge(given, with(known, less, given.asOfMicros()), until - 1)).isFalse();
      }
    }
  }

  /** Where no event of the model does, none is suggested; where one does, something is. */
  @Property(tries = 300)
  void suggestsSomethingIfOneEventDoes(@ForAll("cases") RandomCase given) {
    Facts known = until(given.facts(), given.asOfMicros());
    ScoreTimeline timeline = new ScoreTimeline(given.versions());
    Missing missing = timeline.missing(known, given.asOfMicros()).orElse(null);
    if (missing == null) {
      return;
    }
    boolean oneDoes = false;
    for (Rule rule : rulesInForce(given)) {
      Missing.Suggestion one =
          new Missing.Suggestion(List.of(new Missing.Step(rule.name(), rule.label(), 1)));
      oneDoes |= judge(given, with(known, one, given.asOfMicros()), given.asOfMicros() + 1);
    }
    boolean oneIsSuggested =
        !missing.suggestions().isEmpty() && missing.suggestions().get(0).times() == 1;
    assertThat(oneIsSuggested).isEqualTo(oneDoes);
  }

  private static List<Rule> rulesInForce(RandomCase given) {
    ScoringModel model = given.versions().get(0).model();
    for (RulesVersion version : given.versions()) {
      if (version.effectiveFromMicros() <= given.asOfMicros()) {
        model = version.model();
      }
    }
    return model.dimensions().stream()
        .flatMap(dimension -> dimension.rules().stream())
        .filter(Rule::hasSignals)
        .toList();
  }

  private static boolean judge(RandomCase given, Facts facts, long asOf) {
    return NaiveTimeline.score(given.versions(), facts, asOf).isMql();
  }

  private static Facts with(Facts facts, Missing.Suggestion suggestion, long asOf) {
    List<Signal> signals = new ArrayList<>(facts.signals());
    int number = 0;
    for (Missing.Step step : suggestion.steps()) {
      for (int i = 0; i < step.times(); i++) {
        number++;
        signals.add(new Signal("somebody", "imagined-" + number, step.rule(), asOf + number, null));
      }
    }
    return new Facts(
        facts.createdAtMicros(),
        signals,
        facts.statuses(),
        facts.attributes(),
        facts.attributeChanges());
  }

  private static Facts until(Facts facts, long asOf) {
    return new Facts(
        facts.createdAtMicros(),
        facts.signals().stream().filter(s -> s.occurredAtMicros() <= asOf).toList(),
        facts.statuses().stream().filter(s -> s.occurredAtMicros() <= asOf).toList(),
        facts.attributes(),
        facts.attributeChanges().stream().filter(c -> c.occurredAtMicros() <= asOf).toList());
  }
}
